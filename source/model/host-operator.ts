/** What an action may use of a connected host: the connection that is open, because a sick host may not grant a new one. */
import type {EngineOperator} from './engine-operator.ts';
import type {HostKey} from './host.ts';
import type {Filesystem} from './readings.ts';

export type CommandOutcome =
	| {
			readonly kind: 'exited';
			readonly code: number;
			readonly stdout: string;
			readonly stderr: string;
			readonly truncated: boolean;
	  }
	/** It did not end within its time and was let go; what it does on the host is not known. */
	| {readonly kind: 'timeout'; readonly stdout: string; readonly stderr: string}
	/** The connection went, or the channel closed without an exit code: it may have been done. */
	| {readonly kind: 'lost'; readonly detail: string}
	/** It never started. */
	| {readonly kind: 'refused'; readonly detail: string};

export type RunOptions = {
	/** `needed` runs it through `sudo -n` for accounts other than root, where sudo may be tried at all. */
	readonly sudo: 'needed' | 'never';
	readonly timeoutMs: number;
	/** Of standard output; what is beyond is dropped and said. */
	readonly maxBytes: number;
	readonly signal: AbortSignal;
	/** Written to its standard input, which is closed then. */
	readonly input?: string;
};

export type HostOperator = {
	readonly hostKey: HostKey;
	readonly hostName: string;
	readonly bootId: string | null;
	/** True for the machine Sickbay itself runs on. */
	readonly isLocal: boolean;
	/** Null while the engine is not reachable. */
	readonly engine: EngineOperator | null;
	/** Runs one program; every word is quoted. Never rejects but for the signal's reason. */
	run(words: readonly string[], options: RunOptions): Promise<CommandOutcome>;
	/** A fresh `df` of the file system that holds the path; null when it could not be read. */
	readFilesystem(path: string, signal: AbortSignal): Promise<Filesystem | null>;
	/** Resolves when the connection is gone. */
	readonly ended: Promise<void>;
};
