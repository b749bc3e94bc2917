/**
 * Runs the built program on the demo fleet in a real pseudo-terminal, waits until the screen shows what each picture is
 * about, and writes the screen as SVG beside this file. Needs `script` of util-linux.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import xterm from '@xterm/headless';
import {drawTerminal} from './terminal-svg.ts';

const columns = 120;
const deadlineMs = 60_000;
const root = fileURLToPath(new URL('..', import.meta.url));

type Screen = {
	readonly terminal: xterm.Terminal;
	press(keys: string): void;
	/** Resolves when the screen matches; rejects after the deadline with what the screen showed. */
	until(pattern: RegExp): Promise<void>;
	quit(): Promise<void>;
};

function openDemo(rows: number): Screen {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const command = `stty cols ${columns} rows ${rows}; exec ${process.execPath} dist/cli.js --demo`;
	const program = spawn('script', ['-qefc', command, '/dev/null'], {
		cwd: root,
		// Ink draws only its last frame where it takes the machine for a build server.
		env: {...process.env, TERM: 'xterm-256color', FORCE_COLOR: '1', NO_COLOR: undefined, CI: undefined},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = once(program, 'exit');
	let onOutput = (): void => {};
	program.stdout.on('data', (chunk: Buffer) => terminal.write(chunk, () => onOutput()));
	const press = (keys: string): void => void program.stdin.write(keys);
	return {
		terminal,
		press,
		until: (pattern) =>
			new Promise((resolve, reject) => {
				const fail = (): void => reject(new Error(`never saw ${pattern} on:\n${screenText(terminal)}`));
				const timer = setTimeout(fail, deadlineMs);
				onOutput = () => {
					if (!pattern.test(screenText(terminal))) return;
					clearTimeout(timer);
					onOutput = () => {};
					resolve();
				};
				onOutput();
			}),
		async quit() {
			press('\u0003');
			await ended;
			terminal.dispose();
		},
	};
}

function screenText(terminal: xterm.Terminal): string {
	const {active} = terminal.buffer;
	const lines = Array.from({length: terminal.rows}, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
	return lines.join('\n');
}

/** All hosts have said what they have to say; the panic comes and the engine hangs while one watches. */
const settled = /✖ 5 critical +▲ 3 warning +● 1 ok +\? 3 unreachable/;
const sorted = /(?:^[› ] ✖.*\n){5}(?:^[› ] \?.*\n){3}(?:^[› ] ▲.*\n){3}^[› ] ●/m;

/** Opens the host that panics, by its name. */
async function openPanickingHost(screen: Screen): Promise<void> {
	screen.press('/');
	await screen.until(/Enter keep/);
	screen.press('ci-11');
	await screen.until(/\/ci-11▏/);
	screen.press('\r');
	await screen.until(/filter ci-11/);
	screen.press('\r');
	await screen.until(/\[1 findings/);
}

async function takePicture(
	name: string,
	title: string,
	rows: number,
	prepare: (screen: Screen) => Promise<void>,
): Promise<void> {
	const screen = openDemo(rows);
	try {
		await screen.until(settled);
		await prepare(screen);
		await writeFile(new URL(`${name}.svg`, import.meta.url), drawTerminal(screen.terminal, title));
		process.stdout.write(`media/${name}.svg\n${screenText(screen.terminal)}\n\n`);
	} finally {
		await screen.quit();
	}
}

await takePicture('board', 'The board on the demo fleet: twelve hosts, the sickest first', 17, (screen) =>
	screen.until(sorted),
);
await takePicture('host', 'The findings of a host whose kernel has panicked', 17, openPanickingHost);
await takePicture('kernel', 'The kernel log of that host, its telling lines marked', 30, async (screen) => {
	await openPanickingHost(screen);
	screen.press('4');
	await screen.until(/Kernel panic - not syncing.*← panic-fatal-exception/);
});
