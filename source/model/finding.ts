/** A finding: what is wrong with a host, how bad, since when, how we know, what it means and what to do. */

export const severities = ['critical', 'warning', 'notice', 'ok', 'unknown'] as const;

export type Severity = (typeof severities)[number];

export type FindingCategory =
	| 'reachability'
	| 'engine'
	| 'kernel'
	| 'hardware'
	| 'memory'
	| 'disk'
	| 'filesystem'
	| 'network'
	| 'storage-driver'
	| 'container'
	| 'clock'
	| 'registry';

export type Finding = {
	/** Stable id of the rule, e.g. `filesystem-filling`. Together with `subject` it identifies the finding on a host. */
	readonly id: string;
	readonly severity: Severity;
	readonly category: FindingCategory;
	/** Device, mount point, container or task; empty when it is the host itself. */
	readonly subject: string;
	/** One line for the board's WHY column, without the host's name. */
	readonly summary: string;
	/** Lines as the host gave them, sanitised, at most 10. */
	readonly evidence: readonly string[];
	/** Milliseconds since the epoch, null when the start is not known. */
	readonly since: number | null;
	readonly count: number;
	readonly meaning: string;
	readonly advice: string;
};
