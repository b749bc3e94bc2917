/**
 * The shape of one kernel failure signature. Signatures are data: what a line must contain, what it must not, and what
 * it means to the person who reads the finding.
 */
import type {FindingCategory} from '../../model/finding.ts';

/** A line the signature must match, and where its wording was read. */
export type SignatureExample = {readonly text: string; readonly origin: string};

export type KernelSignature = {
	/** Stable; the id of the finding. */
	readonly id: string;
	readonly severity: 'critical' | 'warning' | 'notice';
	readonly category: FindingCategory;
	/** Short words for the board; `{detail}` is what the pattern captured under that name, left out when it did not. */
	readonly title: string;
	/** Every line that matches contains at least one of these; they spare most lines the patterns. */
	readonly literals: readonly string[];
	/** The first that matches wins. Named groups: `subject` (device, task, container) and `detail`. No look-around. */
	readonly patterns: readonly RegExp[];
	/** Look-alikes: a line that matches one of these is not this failure. */
	readonly vetoes?: readonly RegExp[];
	/** Only lines of the first so many seconds after boot count; a line without that time does not. */
	readonly withinBootSeconds?: number;
	/** The kind of event this line belongs to. */
	readonly block?: string;
	/** A line without a subject of its own joins an event of these blocks whose last line is this recent. */
	readonly continues?: {readonly blocks: readonly string[]; readonly withinSeconds: number};
	/** Joining a block, this signature becomes the incident's: a panic outranks the oops that led to it. */
	readonly takesOver?: boolean;
	/** Hours without a new line after which the trouble counts as past (a notice); null: it lasts until the next boot. */
	readonly settlesAfterHours: number | null;
	readonly meaning: string;
	readonly advice: string;
	/** Where the knowledge comes from: kernel source files (wording facts only), issues, documentation. */
	readonly source: string;
	readonly examples: readonly SignatureExample[];
};
