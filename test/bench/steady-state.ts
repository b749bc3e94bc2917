/** What the live board costs once everything has been read: the built program in a pseudo-terminal. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as elapse} from 'node:timers/promises';
import {childrenOf, readUsage, timeProgram} from './processes.ts';
import {startFleet} from './start-fleet.ts';

const warmUpMs = 30_000;
const windowMs = 60_000;

type Cost = {
	readonly cpuRatio: number;
	readonly residentBytes: number;
	readonly warmResidentBytes: number;
	readonly writtenPerSecond: number;
};

export async function benchSteadyState(size: number): Promise<string> {
	const fleet = await startFleet(size);
	let alone: Cost;
	try {
		alone = await watchBoard(['--config', fleet.configFile, '-F', fleet.sshConfigFile]);
	} finally {
		await fleet.close();
	}
	const together = await watchBoard([`--demo=${size}`]);
	const picture = await timeProgram(process.execPath, ['dist/cli.js', 'report', `--demo=${size}`, '--timeout', '60s']);
	return `### Steady state, ${size} hosts, board at 120x40, over ${windowMs / 1000} s

| what | processor, of one core | resident memory at the end (at ${warmUpMs / 1000} s) | written to the terminal |
| --- | --- | --- | --- |
| client alone, servers in another process | ${formatCost(alone)} |
| \`--demo=${size}\`, client and servers in one process | ${formatCost(together)} |

First complete picture of \`--demo=${size}\`, from start to printed report, a silent sshd and a hung engine among the hosts: ${picture.wallSeconds.toFixed(1)} s.
`;
}

function formatCost({cpuRatio, residentBytes, warmResidentBytes, writtenPerSecond}: Cost): string {
	const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
	return `${(cpuRatio * 100).toFixed(0)} % | ${megabytes(residentBytes)} MB (${megabytes(warmResidentBytes)} MB) | ${Math.round(writtenPerSecond)} bytes/s`;
}

/** Runs the board, looks at it over the window once it has settled, and ends it. */
async function watchBoard(args: readonly string[]): Promise<Cost> {
	const command = `stty cols 120 rows 40; exec ${[process.execPath, 'dist/cli.js', ...args].join(' ')}`;
	const terminal = spawn('script', ['-qefc', command, '/dev/null'], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: {...process.env, TERM: 'xterm-256color'},
	});
	let written = 0;
	terminal.stdout.on('data', (chunk: Buffer) => (written += chunk.length));
	await elapse(warmUpMs);
	const [pid] = childrenOf(terminal.pid ?? 0);
	if (pid === undefined) throw new Error('the board has ended');
	const before = readUsage(pid);
	const writtenBefore = written;
	await elapse(windowMs);
	const after = readUsage(pid);
	const writtenPerSecond = (written - writtenBefore) / (windowMs / 1000);
	process.kill(pid, 'SIGTERM');
	await once(terminal, 'close');
	return {
		cpuRatio: (after.cpuSeconds - before.cpuSeconds) / (windowMs / 1000),
		residentBytes: after.residentBytes,
		warmResidentBytes: before.residentBytes,
		writtenPerSecond,
	};
}
