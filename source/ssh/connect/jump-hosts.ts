/** Connections to jump hosts, each shared by all hosts behind it and closed when the last of them lets go. */
import {untilAborted} from '../until-aborted.ts';
import type {SshConnection} from './ssh-connection.ts';

export type JumpLease<Connection = SshConnection> = {readonly connection: Connection; release(): void};

export type JumpHosts<Connection> = {
	/** Joins the connection kept under `key`, or dials it; the dialling is aborted when nobody waits any more. */
	lease(
		key: string,
		dial: (signal: AbortSignal) => Promise<Connection>,
		signal: AbortSignal,
	): Promise<JumpLease<Connection>>;
};

type Shared<Connection> = {users: number; readonly abort: AbortController; readonly connection: Promise<Connection>};

export function createJumpHosts<Connection extends Pick<SshConnection, 'closed' | 'close'>>(): JumpHosts<Connection> {
	const shared = new Map<string, Shared<Connection>>();

	const start = (key: string, dial: (signal: AbortSignal) => Promise<Connection>): Shared<Connection> => {
		const abort = new AbortController();
		const entry: Shared<Connection> = {users: 0, abort, connection: dial(abort.signal)};
		const forget = (): void => {
			if (shared.get(key) === entry) shared.delete(key);
		};
		entry.connection.then(({closed}) => closed.then(forget), forget);
		shared.set(key, entry);
		return entry;
	};

	return {
		async lease(key, dial, signal) {
			signal.throwIfAborted();
			const entry = shared.get(key) ?? start(key, dial);
			entry.users++;
			let held = true;
			const release = (): void => {
				if (!held) return;
				held = false;
				if (--entry.users > 0) return;
				if (shared.get(key) === entry) shared.delete(key);
				entry.abort.abort();
				entry.connection.then(
					(connection) => connection.close(),
					() => undefined,
				);
			};
			try {
				return {connection: await untilAborted(entry.connection, signal), release};
			} catch (error) {
				release();
				throw error;
			}
		},
	};
}
