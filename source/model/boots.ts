/** The boots a host remembers, and how each of them ended. */
import type {KernelIncident} from './kernel-incident.ts';
import type {KernelRecord} from './kernel-log.ts';

export const bootEvidenceSources = ['journal', 'pstore', 'kdump', 'wtmp', 'firmware'] as const;

export type BootEvidenceSource = (typeof bootEvidenceSources)[number];

/** What one source could say; `absent` means that the host keeps none, which is no proof of anything. */
export type BootSourceState = {
	readonly source: BootEvidenceSource;
	readonly state: 'read' | 'absent' | 'not-permitted' | 'failed';
	/** One line: what was found, or why not. */
	readonly detail: string;
};

/** One boot as the journal lists it. */
export type JournalBoot = {
	readonly bootId: string;
	/** 0 is the running boot, -1 the one before. */
	readonly index: number;
	readonly firstAt: number | null;
	readonly lastAt: number | null;
	/** Kernel lines of its end, oldest first, at most `bootTailLimit`. */
	readonly kernelTail: readonly KernelRecord[];
	/** The last lines of any program, oldest first: they tell whether it was shut down. */
	readonly lastLines: readonly KernelRecord[];
};

/** Text the dying kernel, or the kernel started to dump it, left behind. */
export type CrashDump = {
	readonly source: 'pstore' | 'kdump';
	/** The file it was read from. */
	readonly path: string;
	/** pstore's word: Panic, Oops, Emergency, Shutdown, Unknown; null for kdump. */
	readonly reason: string | null;
	/** When the file was written, milliseconds since the epoch; null when unknown. */
	readonly writtenAt: number | null;
	/** In reading order. */
	readonly records: readonly KernelRecord[];
};

/** One line of `last -x`. */
export type WtmpBoot = {
	readonly startedAt: number;
	readonly endedAt: number | null;
	readonly ending: 'running' | 'down' | 'crash';
	readonly kernelRelease: string | null;
};

/** All that a host still has of the boots before this one, as read; judged by `health`. */
export type BootEvidence = {
	readonly bootId: string | null;
	/** When the running boot started, milliseconds since the epoch; null when unknown. */
	readonly bootedAt: number | null;
	readonly journalBoots: readonly JournalBoot[];
	readonly dumps: readonly CrashDump[];
	readonly wtmpBoots: readonly WtmpBoot[];
	readonly sources: readonly BootSourceState[];
	/** What the running kernel's log tells of the boot before: firmware's error records, recovered file systems. */
	readonly firmwareLines: readonly KernelRecord[];
	/** `kernel.panic`: 0 waits for ever; null when unknown. */
	readonly panicTimeoutSeconds: number | null;
};

/** How a boot ended. `unclean`: it was not shut down, and nothing says why. */
export const bootEndings = [
	'running',
	'clean',
	'panic',
	'probable',
	'hardware',
	'watchdog',
	'heat',
	'unclean',
	'unknown',
] as const;

export type BootEnding = (typeof bootEndings)[number];

/** One boot, judged. */
export type Boot = {
	readonly bootId: string | null;
	/** 0 is the running boot, -1 the one before. */
	readonly index: number;
	readonly startedAt: number | null;
	readonly endedAt: number | null;
	readonly ending: BootEnding;
	/** One line: why it ended, e.g. `kernel panic: sysrq triggered crash (pstore)`. */
	readonly reason: string;
	/** What the reason rests on, as the host gave it, at most 10 lines. */
	readonly evidence: readonly string[];
	/** Worst first. */
	readonly incidents: readonly KernelIncident[];
	/** What is left of its kernel log, oldest first. */
	readonly records: readonly KernelRecord[];
};

export type BootHistory = {
	/** Newest first. */
	readonly boots: readonly Boot[];
	readonly sources: readonly BootSourceState[];
	/** Start of the oldest boot remembered; null when only the running one is known. */
	readonly rememberedSince: number | null;
	/** One line of advice that would leave evidence next time; null when the last stop is explained. */
	readonly advice: string | null;
};

/** A host came back with another boot id while Sickbay watched. */
export type RebootSeen = {
	readonly fromBootId: string;
	/** When the new boot was first heard of, milliseconds since the epoch. */
	readonly at: number;
};

/** Kernel lines kept of the end of an earlier boot. */
export const bootTailLimit = 300;
