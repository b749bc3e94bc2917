/**
 * Runs the built program on the demo fleet in a real pseudo-terminal, waits until the screen shows what the picture is
 * about, and writes the screen as SVG. Run with `npm run pictures`; needs `script` of util-linux.
 */
import {spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import xterm from '@xterm/headless';
import {drawTerminal} from './terminal-svg.ts';

const columns = 132;
const rows = 30;
const root = fileURLToPath(new URL('..', import.meta.url));

const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
const command = `stty cols ${columns} rows ${rows}; exec ${process.execPath} dist/cli.js --demo`;
const program = spawn('script', ['-qefc', command, '/dev/null'], {
	cwd: root,
	env: {...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '1', NO_COLOR: undefined},
	stdio: ['pipe', 'pipe', 'inherit'],
});

let onOutput = (): void => {};
program.stdout.on('data', (chunk: Buffer) => terminal.write(chunk, () => onOutput()));

function screenText(): string {
	const lines = Array.from(
		{length: rows},
		(_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '',
	);
	return lines.join('\n');
}

/** Resolves when the screen matches; fails after the deadline with what the screen showed. */
function untilScreen(pattern: RegExp, deadlineMs = 60_000): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`never saw ${pattern} on:\n${screenText()}`)), deadlineMs);
		onOutput = () => {
			if (!pattern.test(screenText())) return;
			clearTimeout(timer);
			onOutput = () => {};
			resolve();
		};
		onOutput();
	});
}

async function picture(name: string): Promise<void> {
	await writeFile(new URL(`${name}.svg`, import.meta.url), drawTerminal(terminal));
	process.stdout.write(`media/${name}.svg\n${screenText()}\n`);
}

const press = (keys: string): void => void program.stdin.write(keys);

await untilScreen(/kernel panic/i);
await untilScreen(/web-0\d.*panic/i);
await picture('board');
press('\r');
await untilScreen(/findings/i);
await picture('host');
press('q');
press('q');
program.stdin.end();
program.kill('SIGTERM');
terminal.dispose();
