/** Load, memory and pressure of this machine. */
import {readFile} from 'node:fs/promises';
import os from 'node:os';
import type {Pressure, Vitals} from '../model/readings.ts';

/** Pressure is null where the kernel does not account for it (before Linux 4.20, other systems). */
export async function readLocalVitals(): Promise<Vitals> {
	const {mem} = await import('systeminformation');
	const [memory, cpu, memoryPressure, io] = await Promise.all([
		mem(),
		readPressure('cpu'),
		readPressure('memory'),
		readPressure('io'),
	]);
	const [load1 = 0, load5 = 0, load15 = 0] = os.loadavg();
	return {
		load1,
		load5,
		load15,
		cpuCount: os.cpus().length || null,
		memoryTotalBytes: memory.total,
		memoryAvailableBytes: memory.available,
		swapTotalBytes: memory.swaptotal,
		swapFreeBytes: memory.swapfree,
		pressure: {cpu, memory: memoryPressure, io},
		uptimeSeconds: os.uptime(),
	};
}

async function readPressure(resource: 'cpu' | 'memory' | 'io'): Promise<Pressure | null> {
	const text = await readFile(`/proc/pressure/${resource}`, 'utf8').catch(() => '');
	const share = (kind: 'some' | 'full'): number | null => {
		const match = new RegExp(`^${kind} avg10=([\\d.]+)`, 'm').exec(text);
		return match === null ? null : Number(match[1]) / 100;
	};
	const some = share('some');
	return some === null ? null : {some, full: share('full')};
}
