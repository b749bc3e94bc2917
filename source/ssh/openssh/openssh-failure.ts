/** What is known when the installed `ssh` gave up. */
import type {InteractiveOutcome} from '../authentication/interactive-attempts.ts';
import type {SshProgress} from './read-progress.ts';

export type OpenSshFailure = {
	readonly progress: SshProgress;
	/** What came of the questions it had. */
	readonly interactive: InteractiveOutcome;
	readonly hostname: string;
	readonly port: number;
	readonly user: string;
	/** The last jump host; null for none. */
	readonly via: string | null;
	readonly proxyCommand: boolean;
	/** Milliseconds the TCP connection, and after it the rest, was given. */
	readonly connectTimeoutMs: number;
	readonly waitedMs: number;
	/** True when Sickbay ended ssh because its time was over. */
	readonly timedOut: boolean;
	/** The `ssh …` a person would type. */
	readonly connectCommand: string;
	/** `SHA256:…` of the key at `file:line`; null when there is none. */
	readonly fingerprintAt: (place: string) => string | null;
};
