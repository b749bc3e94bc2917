/** What the live board costs once everything has been read: the built program in a pseudo-terminal, on the demo fleet. */
import {spawn} from 'node:child_process';
import {setTimeout as elapse} from 'node:timers/promises';
import {childrenOf, readUsage} from './processes.ts';

const warmUpMs = 30_000;
const windowMs = 60_000;

export async function benchSteadyState(size: number): Promise<string> {
	const command = `stty cols 120 rows 40; exec ${process.execPath} dist/cli.js --demo=${size}`;
	const startedAt = performance.now();
	const terminal = spawn('script', ['-qefc', command, '/dev/null'], {
		stdio: ['pipe', 'pipe', 'inherit'],
		env: {...process.env, TERM: 'xterm-256color'},
	});
	let firstOutputMs = 0;
	let bytes = 0;
	terminal.stdout.on('data', (chunk: Buffer) => {
		firstOutputMs ||= performance.now() - startedAt;
		bytes += chunk.length;
	});
	await elapse(warmUpMs);
	const pid = await programIn(terminal.pid ?? 0);
	const before = readUsage(pid);
	const bytesBefore = bytes;
	await elapse(windowMs);
	const after = readUsage(pid);
	process.kill(pid, 'SIGTERM');
	const cpuRatio = (after.cpuSeconds - before.cpuSeconds) / (windowMs / 1000);
	return `### Steady state, \`--demo=${size}\` at 120x40 (client and simulated hosts in one process)

| what | figure |
| --- | --- |
| first output | ${(firstOutputMs / 1000).toFixed(2)} s |
| processor, of one core | ${(cpuRatio * 100).toFixed(0)} % |
| resident memory | ${Math.round(after.residentBytes / 1e6)} MB (${Math.round(before.residentBytes / 1e6)} MB at ${warmUpMs / 1000} s) |
| written to the terminal | ${Math.round((bytes - bytesBefore) / (windowMs / 1000))} bytes/s |
`;
}

async function programIn(scriptPid: number): Promise<number> {
	const [shell] = childrenOf(scriptPid);
	if (shell === undefined) throw new Error('the program has ended');
	return shell;
}
