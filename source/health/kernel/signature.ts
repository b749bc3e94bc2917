/**
 * The shape of one kernel failure signature. Signatures are data: what a line must contain, what it must not, how
 * repetition changes its weight, and what it means to the person who reads the finding.
 */
import type {IncidentSeverity, KernelCategory} from '../../model/kernel-incident.ts';

/** A line the signature must match, and where its wording was read. */
export type SignatureExample = {readonly text: string; readonly origin: string};

/** The kind of event a line is part of: lines of one part, about one subject and close in time, are one incident. */
export const incidentParts = [
	/** Panics, oopses, assertions: from the first bad line to the end of the report. */
	'crash',
	/** A processor or a grace period that does not move on. */
	'stall',
	/** A task that waits for ever. */
	'hang',
	/** The report of one out-of-memory kill. */
	'oom',
	/** One disk, from the link up to the block layer. */
	'disk',
	/** One mounted filesystem. */
	'filesystem',
	/** One thin pool and what lies on it. */
	'thin-pool',
	/** Errors the hardware or the firmware reports about itself. */
	'hardware',
] as const;

export type IncidentPart = (typeof incidentParts)[number];

/** Repetition that makes an incident worse than one line of it is. */
export type SignatureStorm = {
	/** Occurrences; the named group `amount` counts for as many as it says. */
	readonly count: number;
	readonly withinSeconds: number;
	readonly severity: IncidentSeverity;
	/** Takes the place of the signature's title; may also use `{count}` and `{subjects}`. */
	readonly title?: string;
	/** Counts over all subjects together, and only when this many different ones take part. */
	readonly minSubjects?: number;
};

export type KernelSignature = {
	/** Stable; the id of the incident and of its finding. */
	readonly id: string;
	/** Of one line; storms and the host's kernel can change it. */
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	/** `{subject}`, `{detail}` and `{frame}` are filled in; a part of the title whose value is unknown is left out. */
	readonly title: string;
	/** Every line that matches contains at least one of these; they spare most lines the patterns. */
	readonly literals: readonly string[];
	/**
	 * The first that matches wins. Named groups, all optional: `subject` (device, task, container, server), `detail`
	 * (words for the title), `frame` (function), `module`, `amount` (occurrences that one line stands for). No look-around.
	 */
	readonly patterns: readonly RegExp[];
	/** Look-alikes: a line that matches one of these is not this failure. */
	readonly vetoes?: readonly RegExp[];
	/** Programs whose lines count, e.g. `dockerd`; absent: only the kernel's own. */
	readonly identifiers?: readonly string[];
	readonly part?: IncidentPart;
	/** Among lines of equal severity in one incident, the highest gives it its name; 0 where absent. */
	readonly rank?: number;
	/** Mildest first; the worst that applies wins. */
	readonly storms?: readonly SignatureStorm[];
	/** Lines that say it is over, for the same subject where they name one. */
	readonly closedBy?: {readonly literals: readonly string[]; readonly patterns: readonly RegExp[]};
	/** Kernels, by release, on which it weighs differently. */
	readonly onKernels?: readonly {readonly release: RegExp; readonly severity: IncidentSeverity}[];
	/** Hours without a new line after which the trouble counts as past; null: it lasts until the next boot. */
	readonly settlesAfterHours: number | null;
	readonly meaning: string;
	readonly advice: string;
	/** Where the knowledge comes from: kernel source files (wording facts only), issues, documentation. */
	readonly source: string;
	readonly examples: readonly SignatureExample[];
};
