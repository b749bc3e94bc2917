/** What the person at the keyboard asked for. */
import type {PruneWishes} from '../model/prune-plan.ts';
import type {CommandName} from './options-table.ts';

/** Which hosts, and how they may be asked. */
export type FleetChoice = {
	/** Hosts, ranges and `@groups` as typed; none means all that are known. */
	readonly hosts: readonly string[];
	/** Size of the embedded fleet to show instead of real hosts; null for real ones. */
	readonly demoSize: number | null;
	readonly configFile: string | null;
	/** What `ssh -F` is given: a file, or `none`. */
	readonly sshConfigFile: string | null;
	/** True forbids `sudo` on every host, whatever the configuration says. */
	readonly noSudo: boolean;
};

export const reportFormats = ['text', 'json', 'markdown'] as const;
export const doctorFormats = ['text', 'json'] as const;
export const explainFormats = ['text', 'json'] as const;
export const pruneFormats = ['text', 'json'] as const;

export type ReportFormat = (typeof reportFormats)[number];
export type DoctorFormat = (typeof doctorFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];
export type PruneFormat = (typeof pruneFormats)[number];

export type BoardInvocation = FleetChoice & {
	readonly kind: 'board';
	/** Asked for on the command line; the configuration may ask for it too. */
	readonly ascii: boolean;
	/** The same: without the commands that change a host. */
	readonly readOnly: boolean;
};
export type ReportInvocation = FleetChoice & {
	readonly kind: 'report';
	readonly format: ReportFormat;
	readonly timeoutMs: number;
};
export type DoctorInvocation = FleetChoice & {
	readonly kind: 'doctor';
	readonly format: DoctorFormat;
	readonly timeoutMs: number;
};

/** No host is asked: the logs are files, or come through a pipe. */
export type ExplainInvocation = {
	readonly kind: 'explain';
	/** As typed; `-` is standard input, and so is none. */
	readonly files: readonly string[];
	readonly format: ExplainFormat;
	/** Whose signatures are tried as well; null for the usual place. */
	readonly configFile: string | null;
	/** Release of the kernel that wrote the logs, as `uname -r`; null learns it from them. */
	readonly kernelRelease: string | null;
};

export type PruneInvocation = FleetChoice & {
	readonly kind: 'prune';
	readonly format: PruneFormat;
	/** For reaching a host; reading its disk has its own limits. */
	readonly timeoutMs: number;
	readonly readOnly: boolean;
	/** `ask` shows the plan on a terminal and asks. */
	readonly mode: 'dry-run' | 'yes' | 'ask';
	/** Only what was typed; the rest comes from the configuration. */
	readonly wishes: Partial<PruneWishes>;
};

/** What the main program does; the rest is answered without loading it. */
export type MainInvocation =
	BoardInvocation | ReportInvocation | DoctorInvocation | ExplainInvocation | PruneInvocation;

export type Invocation =
	MainInvocation | {readonly kind: 'help'; readonly topic: CommandName} | {readonly kind: 'version'};
