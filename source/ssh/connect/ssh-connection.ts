/** An authenticated ssh2 connection and what is known of it; closing it frees everything below it. */
import type {Client} from 'ssh2';

export type SshConnection = {
	readonly client: Client;
	readonly description: string;
	/** Resolves when the connection is gone, with the error that came last; null for an orderly end. */
	readonly closed: Promise<Error | null>;
	close(): void;
};
