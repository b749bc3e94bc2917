/** An authenticated ssh2 connection and what is known of it; closing it frees everything below it. */
import type {Client} from 'ssh2';

export type SshConnection = {
	readonly client: Client;
	readonly description: string;
	/** Resolves when the connection is gone, with the error that came last; null for an orderly end. */
	readonly closed: Promise<Error | null>;
	/** The jump host it leads through, and when that one's connection is gone; absent for other ways. */
	readonly bastion?: {readonly name: string; readonly closed: Promise<unknown>};
	close(): void;
};
