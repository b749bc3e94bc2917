/** Gets from a host's declaration to an open transport, over SSH or on this very machine. */
import {createLocalTransport} from '../local/local-transport.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {Rung} from '../model/ladder.ts';
import type {Transport} from '../model/transport.ts';
import type {SshConnector} from '../ssh/ssh-connector.ts';
import type {FindHostEvidence} from './stop-watch.ts';

export type Reached =
	| {readonly kind: 'open'; readonly transport: Transport; readonly address: string; readonly local: boolean}
	| {readonly kind: 'same-machine'; readonly as: HostKey};

export type ReachRequest = {
	readonly host: Host;
	readonly signal: AbortSignal;
	readonly onRung: (rung: Rung, note?: string) => void;
	/** Hears the name of each jump host on the way once it has let this host through. */
	readonly onBastion: (name: string) => void;
	readonly claim: (identity: string) => HostKey | null;
};

/** Rejects with `LadderError` at the rung that broke. */
export type ReachHost = (request: ReachRequest) => Promise<Reached>;

export function createFindHostEvidence(connector: Pick<SshConnector, 'findEvidence'>): FindHostEvidence {
	return async ({target}, code, signal) =>
		target.kind === 'local' ? null : connector.findEvidence(target, code, signal);
}

export function createReachHost(connector: SshConnector): ReachHost {
	return async ({host, signal, onRung, onBastion, claim}) => {
		if (host.target.kind === 'local') {
			return {kind: 'open', transport: createLocalTransport(), address: 'this machine', local: true};
		}
		const resolved = await connector.resolve(host.target, signal);
		const owner = claim(connector.identityOf(resolved));
		if (owner !== null && owner !== host.key) return {kind: 'same-machine', as: owner};
		const transport = await connector.connect(resolved, {signal, onRung, onBastion});
		const address = `${resolved.user}@${resolved.hostname}:${resolved.port}`;
		return {kind: 'open', transport, address, local: false};
	};
}
