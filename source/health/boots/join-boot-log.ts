/** Joins what is left of a boot's kernel log: the end the journal has, and what the dying kernel wrote beyond it. */
import type {CrashDump} from '../../model/boots.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {EarlierBoot} from './line-up-boots.ts';

const recordLimit = 2000;
/** The first line of a boot's journal is written seconds after the kernel's clock began. */
const startDoubtMs = 10_000;

/** Oldest first; a crash text has no wall clock, so its times are reckoned from the boot's start. */
export function joinBootLog(boot: EarlierBoot, dumps: readonly CrashDump[]): readonly KernelRecord[] {
	const tail = boot.journal?.kernelTail ?? [];
	const kernelStart = kernelStartOf(tail);
	const startedAt = kernelStart ?? boot.startedAt;
	const doubtMs = kernelStart === null ? startDoubtMs : 1000;
	let joined: readonly KernelRecord[] = tail;
	for (const dump of dumps.toSorted((a, b) => (a.writtenAt ?? 0) - (b.writtenAt ?? 0))) {
		const lastSeconds = joined.findLast(({monotonicSeconds}) => monotonicSeconds !== null)?.monotonicSeconds ?? -1;
		const from = dump.records.findIndex(({monotonicSeconds}) => (monotonicSeconds ?? -1) > lastSeconds);
		if (from === -1) continue;
		joined = [...joined, ...dump.records.slice(from).map((record) => withTime(record, startedAt, doubtMs))];
	}
	return joined.slice(-recordLimit);
}

function kernelStartOf(tail: readonly KernelRecord[]): number | null {
	const timed = tail.findLast(({at, monotonicSeconds}) => at !== null && monotonicSeconds !== null);
	return timed === undefined ? null : (timed.at ?? 0) - (timed.monotonicSeconds ?? 0) * 1000;
}

function withTime(record: KernelRecord, startedAt: number | null, doubtMs: number): KernelRecord {
	if (record.at !== null || record.monotonicSeconds === null || startedAt === null) return record;
	return {...record, at: startedAt + record.monotonicSeconds * 1000, atUncertaintyMs: doubtMs};
}
