/** Turns the probe's `vitals` into load, memory and pressure, as proc(5) prints them. */
import {ReadingError} from '../model/reading-error.ts';
import type {Pressure, Vitals} from '../model/readings.ts';
import type {ProbeAnswer} from './answer-reader.ts';

/** Throws `ReadingError`: `unsupported` on a host without Linux's /proc, `malformed` when it says something else. */
export function parseVitals(answer: ProbeAnswer, cpuCount: number | null): Vitals {
	const loadavg = answer.get('loadavg')?.trim() ?? '';
	const meminfo = parseMeminfo(answer.get('meminfo') ?? '');
	if (loadavg === '' && meminfo.size === 0) {
		throw new ReadingError('unsupported', 'the host has no /proc/loadavg and /proc/meminfo: not Linux?');
	}
	const [load1, load5, load15] = loadavg.split(' ').map(Number);
	const uptimeSeconds = Number((answer.get('uptime') ?? '').split(' ')[0] || Number.NaN);
	const memoryTotalBytes = meminfo.get('MemTotal');
	if (!isNumber(load1) || !isNumber(load5) || !isNumber(load15)) {
		throw new ReadingError('malformed', 'the host sent no load average that can be read');
	}
	if (memoryTotalBytes === undefined || !isNumber(uptimeSeconds)) {
		throw new ReadingError('malformed', 'the host sent no memory size or uptime that can be read');
	}
	return {
		load1,
		load5,
		load15,
		cpuCount,
		memoryTotalBytes,
		memoryAvailableBytes: meminfo.get('MemAvailable') ?? null,
		swapTotalBytes: meminfo.get('SwapTotal') ?? 0,
		swapFreeBytes: meminfo.get('SwapFree') ?? 0,
		pressure: {
			cpu: parsePressure(answer.get('pressure-cpu') ?? ''),
			memory: parsePressure(answer.get('pressure-memory') ?? ''),
			io: parsePressure(answer.get('pressure-io') ?? ''),
		},
		uptimeSeconds,
	};
}

/** Values in bytes; the kernel's `kB` are 1024 bytes. */
function parseMeminfo(text: string): ReadonlyMap<string, number> {
	return new Map([...text.matchAll(/^(\w+):\s+(\d+)/gm)].map((match) => [match[1] ?? '', Number(match[2]) * 1024]));
}

/** `some avg10=1.23 …` in percent; kernels before 4.20, or with psi off, have none, and `full` of cpu came with 5.13. */
function parsePressure(text: string): Pressure | null {
	const some = /^some avg10=([\d.]+)/m.exec(text)?.[1];
	const full = /^full avg10=([\d.]+)/m.exec(text)?.[1];
	return some === undefined ? null : {some: Number(some) / 100, full: full === undefined ? null : Number(full) / 100};
}

function isNumber(value: number | undefined): value is number {
	return value !== undefined && Number.isFinite(value);
}
