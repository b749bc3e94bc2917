/** What the layers above need from a connection to a host, whether ssh2, the local machine or another program carries it. */
import type {Duplex} from 'node:stream';

/** How a command ended; both null when the connection went first. */
export type CommandExit = {readonly code: number | null; readonly signal: string | null};

/** A running command: the duplex is its stdin and stdout; stderr is collected, bounded to its last 4 KiB. */
export type CommandChannel = {
	readonly stream: Duplex;
	readonly exit: Promise<CommandExit>;
	/** What the command has written to stderr so far, sanitised. */
	stderr(): string;
	/** Ends the command by closing its channel. */
	close(): void;
};

export type Transport = {
	/** Starts a command line with the account's login shell; rejects with `TransportError`. */
	exec(commandLine: string, signal?: AbortSignal): Promise<CommandChannel>;
	/**
	 * Connects to a Unix socket on the host. Returns at once; the stream buffers until the channel is open and emits
	 * `error` with a `TransportError` when the host refuses.
	 */
	openUnixSocket(path: string): Duplex;
	/** Resolves, once, when the connection is gone for whatever reason; never rejects. */
	readonly closed: Promise<TransportClosed>;
	/** Words for the host view, e.g. `ssh2 curve25519-sha256 aes128-gcm`. */
	readonly description: string;
	/** Name of the jump host the connection leads through; absent for a direct one. */
	readonly bastion?: string;
	close(): void;
};

export type TransportClosed =
	| {readonly kind: 'closed-by-us'}
	/** `withBastion`: the jump host whose own connection broke first. */
	| {readonly kind: 'lost'; readonly message: string; readonly withBastion?: string};

/** Why a channel could not be opened on a connection that itself is fine. */
export class TransportError extends Error {
	override readonly name = 'TransportError';
	readonly code: TransportErrorCode;

	constructor(code: TransportErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}

export type TransportErrorCode = 'refused' | 'sessions-exhausted' | 'closed' | 'aborted' | 'unsupported';
