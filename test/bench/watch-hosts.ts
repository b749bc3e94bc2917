/** The program's sessions in this process, over an SSH configuration: what is timed here is events, not exits. */
import type {FleetDraft, HostState} from '../../source/fleet/fleet-state.ts';
import {createFleetFold} from '../../source/fleet/reduce-fleet.ts';
import {selectIsHostComplete} from '../../source/fleet/select-completeness.ts';
import type {FleetEvent} from '../../source/fleet/fleet-event.ts';
import type {Host, HostKey} from '../../source/model/host.ts';
import {createReachHost} from '../../source/session/reach-host.ts';
import {superviseFleet, type FleetSupervisor} from '../../source/session/supervise-fleet.ts';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';

export type WatchedHosts = {
	readonly state: FleetDraft;
	readonly supervisor: FleetSupervisor;
	/** Resolves, with the milliseconds since `performance.now()` was `since`, once all the named hosts are so. */
	until(names: readonly string[], isSo: (host: HostState) => boolean, since: number): Promise<number>;
	close(): Promise<void>;
};

/**
 * Starts to connect at once. `onEvent` hears of each event after it has been folded in; `cacheDirectory` is where an
 * earlier run may have left what `ssh -G` said.
 */
export function watchHosts(
	names: readonly string[],
	sshConfigFile: string,
	onEvent: (event: FleetEvent) => void = () => undefined,
	cacheDirectory?: string,
): WatchedHosts {
	const state: FleetDraft = {hosts: new Map()};
	const fold = createFleetFold();
	const listeners = new Set<(key: HostKey) => void>();
	const connector = createSshConnector({
		configFile: sshConfigFile,
		...(cacheDirectory === undefined ? {} : {cacheDirectory}),
		clock: systemClock,
		env: process.env,
	});
	const supervisor = superviseFleet({
		hosts: names.map(declareHost),
		reach: createReachHost(connector),
		clock: systemClock,
		dispatch(event) {
			fold(state, event);
			for (const listener of listeners) listener(event.hostKey);
			onEvent(event);
		},
	});
	return {
		state,
		supervisor,
		until: (wanted, isSo, since) =>
			new Promise((resolve) => {
				const isMissing = (key: HostKey): boolean => {
					const host = state.hosts.get(key);
					return host === undefined || !isSo(host);
				};
				const missing = new Set(wanted.filter(isMissing));
				const check = (key: HostKey): void => {
					if (missing.has(key) && !isMissing(key)) missing.delete(key);
					if (missing.size > 0) return;
					listeners.delete(check);
					resolve(performance.now() - since);
				};
				listeners.add(check);
				check('');
			}),
		close: () => supervisor.close(),
	};
}

/** Every reading of the host has a value. */
export function isPictured(host: HostState): boolean {
	return host.ladder.broken === null && selectIsHostComplete(host);
}

export function isBroken(host: HostState): boolean {
	return host.ladder.broken !== null;
}

export function declareHost(name: string): Host {
	return {
		key: name,
		name,
		target: {kind: 'ssh', destination: name},
		sources: [],
		labels: {},
		groups: [],
		sudo: 'auto',
		demo: false,
	};
}
