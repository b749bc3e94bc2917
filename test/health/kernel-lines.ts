/** Reads kernel log fixtures into the records a host's kernel itself would have written. */
import {readFileSync} from 'node:fs';
import type {KernelRecord} from '../../source/model/kernel-log.ts';

export const bootedAt = Date.UTC(2026, 10, 20, 12);

export function kernelRecord(text: string, facts: Partial<KernelRecord> = {}): KernelRecord {
	const monotonicSeconds = facts.monotonicSeconds === undefined ? 5000 : facts.monotonicSeconds;
	const at = monotonicSeconds === null ? null : bootedAt + monotonicSeconds * 1000;
	return {sequence: null, facility: 0, level: 4, at, monotonicSeconds, text, ...facts};
}

/** Lines of `fixtures/<name>.log` without its comments; `[seconds]` in front becomes the time. */
export function readKernelFixture(name: string): readonly KernelRecord[] {
	return readFileSync(new URL(`fixtures/${name}.log`, import.meta.url), 'utf8')
		.split('\n')
		.filter((line) => line !== '' && !line.startsWith('# '))
		.map((line) => {
			const found = /^\[ *(\d+\.\d+)\] (.*)$/.exec(line);
			return found === null ? kernelRecord(line) : kernelRecord(found[2] ?? '', {monotonicSeconds: Number(found[1])});
		});
}
