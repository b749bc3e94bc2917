/**
 * The shape of one kernel failure signature. Signatures are data: what a line must contain, what it must not, how
 * repetition changes its weight, and what it means to the person who reads the finding.
 */
import type {IncidentSeverity, KernelCategory} from '../../model/kernel-incident.ts';

/** A line the signature must match, and where its wording was read. */
export type SignatureExample = {readonly text: string; readonly origin: string};

/** The kind of event a line is part of: lines of one part, about one subject and close in time, are one incident. */
export const incidentParts = [
	/**
	 * Panics, oopses, assertions: from the first bad line to the end of the report. A signature of severity `panic` takes
	 * over the report shortly before it, and its title gets `{cause}`: what that report was titled, without `Kernel oops: `.
	 */
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
	/** A filesystem that went read-only: an incident of its own, except on a device of a thin pool. */
	'read-only',
	/** One thin pool and what lies on it. */
	'thin-pool',
	/** Errors the hardware reports about itself: one incident per signature and subject, with its `preludes`. */
	'hardware',
	/** An error record that the firmware prints over several lines. */
	'firmware',
] as const;

export type IncidentPart = (typeof incidentParts)[number];

/** Repetition that makes an incident worse than one line of it is. */
export type SignatureStorm = {
	/** Occurrences; the named group `amount` counts for as many as it says. */
	readonly count: number;
	readonly withinSeconds: number;
	readonly severity: IncidentSeverity;
	/** Takes the place of the signature's title. */
	readonly title?: string;
	/** Counts over all subjects together, and only when this many different ones take part. */
	readonly minSubjects?: number;
};

/** A line without a signature of its own that tells more about the open incident of a signature. */
export type SignatureDetail = {
	readonly literal: string;
	/** Its named groups replace what the first line gave. */
	readonly pattern: RegExp;
	readonly severity?: IncidentSeverity;
	readonly title?: string;
	/** How long after the last line of the incident it still belongs to it; 2 unless told. */
	readonly withinSeconds?: number;
};

export type KernelSignature = {
	/** Stable; the id of the incident and of its finding. */
	readonly id: string;
	/** Of one line; storms and the host's kernel can change it. */
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	/**
	 * One line. Placeholders: every named group of the pattern, else of another line of the incident (`{subject}`,
	 * `{detail}`, ...), `{frame}` (function and module, e.g. `au_do_open [aufs]`), `{component}` (whose code it is, in
	 * words), `{container}` (out of memory), `{cause}` (panics), `{count}` (lines; `10+` where it is a lower bound), `{amount}`
	 * (sum of that group, and of suppressed messages), `{span}` (`2 minutes`), `{subjects}` (storms). A part in `<...>` is
	 * left out when a placeholder in it has no value: `Kernel oops: bad address< in {frame}>`.
	 */
	readonly title: string;
	/** Every line that matches contains at least one of these; they spare most lines the patterns. */
	readonly literals: readonly string[];
	/**
	 * The first that matches wins. Named groups, all optional: `subject` (device, task, container, server: it is part of
	 * what tells two incidents of one signature apart), `amount` (occurrences that one line stands for), `via` (whose code
	 * it is), `frame` (function, with module), `cpu`,
	 * `cgroup` (out of memory: the path, which names the container), `suppressed` (messages left out before the next line);
	 * any other (`detail`, ...) is only for the title. No look-around.
	 */
	readonly patterns: readonly RegExp[];
	/** Look-alikes: a line that matches one of these is not this failure. */
	readonly vetoes?: readonly RegExp[];
	/** Programs whose lines count, e.g. `dockerd`; absent: only the kernel's own. */
	readonly identifiers?: readonly string[];
	readonly part?: IncidentPart;
	/** Among lines of equal severity in one incident, the highest gives it its name; 0 where absent. */
	readonly rank?: number;
	/** Whose component it is about, whatever the stack says, e.g. `overlay2`. */
	readonly via?: string;
	/** Mildest first; the worst that applies wins, and its title with it. */
	readonly storms?: readonly SignatureStorm[];
	/** Lines that say it is over, for the same subject where they name one; `severity` is what is left of it then. */
	readonly closedBy?: {
		readonly literals: readonly string[];
		readonly patterns: readonly RegExp[];
		readonly severity?: IncidentSeverity;
	};
	/** Kernels, by release, on which it weighs differently. */
	readonly onKernels?: readonly {readonly release: RegExp; readonly severity: IncidentSeverity}[];
	/** Severity of a single one on a virtual machine: the hypervisor may just have paused it. */
	readonly onVirtualMachines?: IncidentSeverity;
	readonly details?: readonly SignatureDetail[];
	/** Ids of signatures whose lines up to 2 s before belong to this incident, as `mce-logged` before a bad page. */
	readonly preludes?: readonly string[];
	/** After so many lines the kernel prints no more until the next boot: the count is a lower bound from there. */
	readonly silentAfter?: number;
	/** Only lines of the first so many seconds after boot count; a line without that time does not. */
	readonly withinBootSeconds?: number;
	/** Hours without a new line after which the trouble counts as past; null: it lasts until the next boot. */
	readonly settlesAfterHours: number | null;
	readonly meaning: string;
	readonly advice: string;
	/** Where the knowledge comes from: kernel source files (wording facts only), issues, documentation. */
	readonly source: string;
	readonly examples: readonly SignatureExample[];
};
