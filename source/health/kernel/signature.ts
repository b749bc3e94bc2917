/**
 * The shape of one failure signature. Signatures are data: what a line must contain, what it must not, how its lines
 * become an incident, and what it means to the person who reads it.
 */
import type {IncidentSeverity, KernelCategory} from '../../model/kernel-incident.ts';

/** A line the signature must match, and where its wording was read. */
export type SignatureExample = {readonly text: string; readonly origin: string};

/**
 * What kind of event a line belongs to. Lines of one event are one incident, and its most severe signature titles it
 * (among equals the higher `rank`, then the first).
 *
 * - `crash`: oops, BUG, general protection fault: a report with registers and a stack, one per block of lines.
 * - `warning`: the kernel's own assertion with a stack (WARNING, lockdep, UBSAN): one per place in the code.
 * - `stall`: a stuck processor (soft and hard lockup, RCU): one per processor.
 * - `hung-task`: a task that waits for ever: one per task.
 * - `panic`: the end; it takes over the report printed just before it.
 * - `oom`: the lines of one out-of-memory kill.
 * - `disk`: all that is said about one physical disk or port.
 * - `filesystem`: all that is said about one mounted file system; `read-only` stays apart unless the device belongs to
 *   a thin pool.
 * - `thin-pool`: one incident per signature and pool, except that signatures of a lower severity join.
 * - `memory-error`: machine checks and bad memory; `firmware`: an error record that firmware prints over several lines.
 * - absent: one incident per signature and subject.
 */
export type SignaturePart =
	| 'crash'
	| 'warning'
	| 'stall'
	| 'hung-task'
	| 'panic'
	| 'oom'
	| 'disk'
	| 'filesystem'
	| 'read-only'
	| 'thin-pool'
	| 'memory-error'
	| 'firmware';

/** So many lines in so much time are another trouble than one of them. The last rule that holds decides. */
export type StormRule = {
	/** Lines, or what the line itself counts where the pattern has a group `quantity`. */
	readonly count: number;
	readonly withinSeconds: number;
	/** At least so many different subjects in the window, counted over all subjects of this signature. */
	readonly minSubjects?: number;
	readonly severity: IncidentSeverity;
	/** Replaces the title; knows the same placeholders. */
	readonly title?: string;
};

/** A line without a signature of its own that tells more about the open incident of this signature. */
export type DetailRule = {
	/** Named groups `subject` and `detail` replace what the first line gave. */
	readonly pattern: RegExp;
	/** Some text that every such line contains. */
	readonly literal: string;
	readonly severity?: IncidentSeverity;
	readonly title?: string;
	/** How long after the last line of the incident such a line still belongs to it; 2 s unless told. */
	readonly withinSeconds?: number;
};

export type KernelSignature = {
	/** Stable; the id of the incident and of the finding. */
	readonly id: string;
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	/**
	 * One line. Placeholders: `{subject}`, `{detail}`, any other named group of the pattern, `{frame}` (function and
	 * module of the stack), `{count}` (lines, `10+` for a lower bound), `{total}` (sum of `quantity`, and of suppressed
	 * messages), `{span}` (`2 minutes`). A part in square brackets is left out when a placeholder in it is empty:
	 * `Kernel oops: bad address[ in {frame}]`; `[[` and `]]` are brackets themselves.
	 */
	readonly title: string;
	/** Every line that matches contains at least one of these, letter for letter; they spare most lines the patterns. */
	readonly literals: readonly string[];
	/** The first that matches wins. Named groups: `subject` (device, task, container), `quantity`, others for the title. No look-around. */
	readonly patterns: readonly RegExp[];
	/** Look-alikes: a line that matches one of these is not this failure. */
	readonly vetoes?: readonly RegExp[];
	/** Programs whose lines count, e.g. `['dockerd', 'docker']`; absent: only the kernel's own. */
	readonly identifiers?: readonly string[];
	readonly part?: SignaturePart;
	/** Among signatures of one severity in one incident the highest titles it; 0 unless told. */
	readonly rank?: number;
	/** Whose code or component it is about whatever the stack says, e.g. `overlay2`; a named group `via` of the pattern goes before. */
	readonly via?: string;
	/** Severity of few of them, where only a storm is what `severity` says; the storms raise it. */
	readonly alone?: IncidentSeverity;
	/** Another severity on kernels whose release matches, e.g. `/^3\.10\./`. */
	readonly onKernels?: {readonly release: RegExp; readonly severity: IncidentSeverity; readonly title?: string};
	/** Another severity on virtual machines, for one of them: the hypervisor may just have paused it. */
	readonly onVirtualMachines?: IncidentSeverity;
	readonly storms?: readonly StormRule[];
	readonly details?: readonly DetailRule[];
	/** Lines that end the incident (same `subject` where both name one): `nfs: server X OK`. */
	readonly closedBy?: readonly {readonly pattern: RegExp; readonly literal: string}[];
	/** Signatures whose lines shortly before belong to this incident too, as `mce-logged` before a bad page. */
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
