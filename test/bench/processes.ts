/** Starts programs and measures them from outside: wall clock, processor time and memory, from `/proc`. */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';

const ticksPerSecond = 100;

/** Nothing here takes longer; a program that does is ended and counts with what it had done by then. */
const limitMs = 120_000;

export type Cost = {readonly wallSeconds: number; readonly exitCode: number | null; readonly output: string};

/** Runs a program to its end, or for two minutes. */
export async function timeProgram(
	program: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<Cost> {
	const startedAt = performance.now();
	const child = spawn(program, args, {
		stdio: ['ignore', 'pipe', 'ignore'],
		env,
		timeout: limitMs,
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
	const [exitCode] = (await once(child, 'close')) as [number | null];
	return {wallSeconds: (performance.now() - startedAt) / 1000, exitCode, output};
}

export async function untilOutput(child: ChildProcess, text: string): Promise<void> {
	let heard = '';
	for await (const chunk of child.stdout ?? []) {
		heard += String(chunk);
		if (heard.includes(text)) return;
	}
	throw new Error(`the program ended before it said ${text}: ${heard}`);
}

export type Usage = {readonly cpuSeconds: number; readonly residentBytes: number};

/** Processor time so far and resident memory now, see proc(5). */
export function readUsage(pid: number): Usage {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return {
		cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
		residentBytes: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024,
	};
}

export function childrenOf(pid: number): readonly number[] {
	return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

export function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
