/** The way to a host behind a jump host: through the control master of that one, which all hosts behind it share. */
import type {Duplex} from 'node:stream';
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {shellQuote} from '../../support/shell-quote.ts';
import {classifyForwardError} from '../classify-connect-error.ts';
import type {JumpLease} from '../connect/jump-hosts.ts';
import type {TransportConnection} from '../ssh-transport.ts';
import type {SshProgress} from './read-progress.ts';

/** A connection held by an `ssh` that can carry others. */
export type Bastion = Omit<TransportConnection, 'client'> & {
	readonly client: TransportConnection['client'] & {
		/** Answers like ssh2's: with the host's own reason where it refuses. */
		forwardTcp(hostname: string, port: number, answered: (error: Error | undefined, channel: Duplex) => void): void;
	};
	readonly controlPath: string;
};

export type Way = {
	/** The jump host, as it was asked for. */
	readonly name: string;
	/** For the `ssh` of the host behind. */
	readonly proxyCommand: string;
	/** Resolves when the jump host is gone. */
	readonly closed: Promise<unknown>;
	/** Why the jump host does not lead there; null when that is not what went wrong. */
	explain(
		to: Pick<ResolvedTarget, 'hostname' | 'port'>,
		progress: Pick<SshProgress, 'said'>,
		clock: Clock,
	): Promise<LadderErrorFacts | null>;
	release(): void;
};

/** What the `ssh` in between says when the jump host opened no connection. */
const refused = /Stdio forwarding request failed|Session open refused by peer/;
/** It said so quickly before. */
const askAgainMs = 5000;

export function describeWay({connection, release}: JumpLease<Bastion>, destination: string): Way {
	return {
		name: sanitiseLine(destination, 100),
		proxyCommand: proxyCommandThrough(connection.controlPath),
		closed: connection.closed,
		release,
		async explain({hostname, port}, {said}, clock) {
			if (!said.some((line) => refused.test(line))) return null;
			const message = await askAgain(connection, hostname, port, clock);
			return message === null ? null : classifyForwardError(destination, message, port);
		},
	};
}

/** Without its master this `ssh` must fail, and neither ask nor go a way of its own. */
function proxyCommandThrough(controlPath: string): string {
	// A `%` starts a token in ProxyCommand, and once more in the path.
	const socket = shellQuote(controlPath).replaceAll('%', '%%%%');
	return `ssh -F none -o BatchMode=yes -o ProxyCommand=false -S ${socket} -W '[%h]:%p' -- bastion`;
}

/** The `ssh` of the jump host knows the reason and drops it, so the host is asked once more; null when it says none. */
function askAgain(connection: Bastion, hostname: string, port: number, clock: Clock): Promise<string | null> {
	return new Promise((resolve) => {
		const cancel = clock.schedule(askAgainMs, () => resolve(null));
		void connection.closed.then(() => resolve(null));
		try {
			connection.client.forwardTcp(hostname, port, (error, channel) => {
				cancel();
				channel.destroy();
				resolve(error?.message ?? null);
			});
		} catch {
			resolve(null);
		}
	});
}
