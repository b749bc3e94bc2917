/** Says which boot a crash text belongs to: the newest that had already run as long as the text says when it was written. */
import type {BootEvidence, CrashDump} from '../../model/boots.ts';
import type {EarlierBoot} from './line-up-boots.ts';

/** A journal begins this long after the kernel's clock, so a boot seems to have run longer than it did. */
const slackMs = 60_000;
/** The clock may be set while the host comes up. */
const clockSlackMs = 5000;

/** Reasons for which pstore keeps the log of a stop that was asked for (linux kernel/printk, kmsg_dump_reason_str). */
const harmless: ReadonlySet<string> = new Set(['Shutdown', 'Unknown']);

export type PlacedDumps = {
	/** As many as there are boots, in their order. */
	readonly ofBoots: readonly (readonly CrashDump[])[];
	/** Of boots that nothing else remembers; newest first. */
	readonly unplaced: readonly CrashDump[];
};

export function placeDumps(evidence: BootEvidence, boots: readonly EarlierBoot[]): PlacedDumps {
	const ofBoots = boots.map((): CrashDump[] => []);
	const unplaced: CrashDump[] = [];
	for (const dump of evidence.dumps) {
		if (dump.writtenAt === null || harmless.has(dump.reason ?? '') || isOfRunningBoot(dump, evidence)) continue;
		const index = boots.findIndex((boot) => couldHaveWritten(dump, dump.writtenAt ?? 0, boot.startedAt));
		if (index !== -1) ofBoots[index]?.push(dump);
		else if (boots.every(({startedAt}) => startedAt === null)) unplaced.push(dump);
	}
	return {ofBoots, unplaced};
}

/** An oops is kept as well, and the kernel goes on; a panic cannot be the running kernel's. */
function isOfRunningBoot(dump: CrashDump, {bootedAt}: BootEvidence): boolean {
	return (
		dump.reason === 'Oops' &&
		bootedAt !== null &&
		dump.writtenAt !== null &&
		couldHaveWritten(dump, dump.writtenAt, bootedAt)
	);
}

/** The kernel that saves a dump boots itself, so the newest start before the file need not be that of the crash. */
function couldHaveWritten({records}: CrashDump, writtenAt: number, startedAt: number | null): boolean {
	const lastSeconds = records.findLast(({monotonicSeconds}) => monotonicSeconds !== null)?.monotonicSeconds ?? 0;
	return (
		startedAt !== null && startedAt <= writtenAt + clockSlackMs && startedAt + lastSeconds * 1000 <= writtenAt + slackMs
	);
}
