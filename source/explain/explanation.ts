/** What is to be said about saved logs: every incident found, and how much was read to find it. */
import type {IncidentSeverity, KernelCategory, KernelIncident} from '../model/kernel-incident.ts';

export type ExplainedIncident = {
	readonly id: string;
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	readonly title: string;
	/** Device, task, container, server; empty for the host itself. */
	readonly subject: string;
	readonly via: string | null;
	readonly count: number;
	readonly isLowerBound: boolean;
	readonly state: KernelIncident['state'];
	/** ISO 8601, UTC; null where the log has no dates. */
	readonly first: string | null;
	readonly last: string | null;
	readonly firstSeconds: number | null;
	readonly lastSeconds: number | null;
	readonly also: readonly string[];
	/** Id of the earlier crash of the same boot that this one may only be a consequence of. */
	readonly follows: string | null;
	readonly unverifiedOrigin: boolean;
	/** The file, or the first of the files that are one log; `-` for standard input. */
	readonly file: string;
	readonly host: string | null;
	/** Number of the boot in its log, 1 for the first. */
	readonly boot: number;
	readonly meaning: string;
	readonly advice: string;
	readonly source: string;
	readonly lines: readonly string[];
};

/** The log of one host, from one file or from several that continue each other. */
export type ExplainedLog = {
	readonly files: readonly string[];
	readonly host: string | null;
	readonly boots: number;
};

export type Explanation = {
	readonly logs: readonly ExplainedLog[];
	readonly lines: {
		readonly read: number;
		/** Messages of the kernel, or of nobody named. */
		readonly kernel: number;
		readonly programs: number;
		/** Not text. */
		readonly unreadable: number;
		/** Known to be lost before they reached the log. */
		readonly lost: number;
	};
	/** By name, the most frequent first. */
	readonly formats: readonly string[];
	/** What the log leaves out of its dates, so that it had to be assumed. */
	readonly assumed: readonly ('year' | 'zone')[];
	/** Why something could not be read to its end; empty when all was. */
	readonly troubles: readonly string[];
	/** Milder incidents left out because there are too many. */
	readonly leftOut: number;
	/** Worst first, then the earliest boot first. */
	readonly incidents: readonly ExplainedIncident[];
};
