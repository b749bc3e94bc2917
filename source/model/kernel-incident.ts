/** Kernel trouble as a person counts it: the lines of one event are one incident, and so are its repetitions. */

export const incidentSeverities = ['panic', 'critical', 'warning', 'info'] as const;

export type IncidentSeverity = (typeof incidentSeverities)[number];

export const kernelCategories = [
	'kernel',
	'memory',
	'filesystem',
	'disk',
	'hardware',
	'storage-driver',
	'docker-daemon',
	'network',
] as const;

export type KernelCategory = (typeof kernelCategories)[number];

export type KernelIncident = {
	/** Unique in its log: the signature's id and what it is about. */
	readonly key: string;
	/** Signature id, e.g. `panic-fatal-exception`. */
	readonly id: string;
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	/** One line that names the subject, e.g. `Kernel oops: bad address in ovl_copy_up_one [overlay]`. */
	readonly title: string;
	/** Device, task, container, server; empty when it is the host itself. */
	readonly subject: string;
	/** Whose code failed, e.g. `aufs`, `overlay`, `devicemapper`, `network`; null when the log does not tell. */
	readonly via: string | null;
	/** Occurrences seen. */
	readonly count: number;
	/** True where the kernel itself left lines out, so that there were more: `10+`. */
	readonly isLowerBound: boolean;
	/** Wall clock, milliseconds since the epoch; null where the log gives none. */
	readonly firstAt: number | null;
	readonly lastAt: number | null;
	/** Seconds since boot; null where the log gives none. */
	readonly firstSeconds: number | null;
	readonly lastSeconds: number | null;
	/** Ids of the other signatures whose lines belong to it. */
	readonly also: readonly string[];
	/** Its lines as logged, sanitised: the first ones, and the newest of a long one; at most `incidentLineLimit`. */
	readonly lines: readonly string[];
	/** `over` once a closing line ended it, e.g. `nfs: server nas01 OK`. */
	readonly state: 'open' | 'over';
	/** Key of the earlier crash of this boot that this one may only be a consequence of. */
	readonly followsKey: string | null;
	/** True when no line of it says who wrote it, so that a program could have forged it. */
	readonly unverifiedOrigin: boolean;
	/** Hours without a new line after which it counts as past; null or absent: it lasts until the next boot. */
	readonly settlesAfterHours?: number | null;
	readonly meaning: string;
	readonly advice: string;
	/** Where the knowledge comes from. */
	readonly source: string;
};

export const incidentLineLimit = 60;
