/** Runs every host's session side by side and tags what they say with host and time. */
import type {FleetEvent, HostEvent} from '../fleet/fleet-event.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {Clock} from '../support/clock.ts';
import {createBastionVigils} from './bastion-vigil.ts';
import {startHostSession, type HostSession} from './host-session.ts';
import type {ReachHost} from './reach-host.ts';

export type FleetSupervisor = {
	/** Reads the named hosts anew, or all for null. */
	refresh(hostKeys: readonly HostKey[] | null): void;
	/** What actions may use of a host; null while it is not connected. */
	operate(hostKey: HostKey): HostOperator | null;
	/**
	 * Reads what keeps the host's disk; each part comes as an event. One question is open per part and host. Resolves when
	 * each has its reading, be it a failure.
	 */
	readDiskUsage(hostKey: HostKey, parts: readonly HostDiskUsagePart[]): Promise<void>;
	/** Ends every session; resolves when all connections are closed. */
	close(): Promise<void>;
};

export type SupervisorOptions = {
	readonly hosts: readonly Host[];
	readonly reach: ReachHost;
	readonly clock: Clock;
	readonly dispatch: (event: FleetEvent) => void;
};

/** Findings about age are assessed this often when nothing else happens on a host. */
const ageCheckMs = 5000;

/** A timer this late was not held up: the machine slept, or its clock was set. */
const sleepMs = 30_000;

type RunningSession = {readonly session: HostSession; readonly stop: AbortController};

export function superviseFleet({hosts, reach, clock, dispatch}: SupervisorOptions): FleetSupervisor {
	const running = new Map<HostKey, RunningSession>();
	const rank = new Map(hosts.map((host, index) => [host.key, index]));
	const owners = new Map<string, Host>();
	const enterVigil = createBastionVigils(clock);

	const emitFor =
		(hostKey: HostKey) =>
		(event: HostEvent): void =>
			dispatch({...event, hostKey, at: clock.now()});

	/** Two names for one machine become one row: the one declared first keeps it, whichever resolves first. */
	const claimFor = (claimant: Host) => (identity: string) => {
		const owner = owners.get(identity) ?? claimant;
		if ((rank.get(owner.key) ?? 0) < (rank.get(claimant.key) ?? 0)) return owner.key;
		owners.set(identity, claimant);
		if (owner.key === claimant.key) return null;
		running.get(owner.key)?.stop.abort();
		emitFor(owner.key)({kind: 'host-merged', into: claimant.key});
		return null;
	};

	for (const host of hosts) {
		const emit = emitFor(host.key);
		emit({kind: 'host-added', host});
		const stop = new AbortController();
		const own = {claim: claimFor(host), vigil: enterVigil(), signal: stop.signal, emit};
		const session = startHostSession({host, reach, clock, ...own});
		running.set(host.key, {session, stop});
	}

	const stopAgeing = watchAges(clock, dispatch, running);

	return {
		refresh(hostKeys) {
			for (const key of hostKeys ?? running.keys()) running.get(key)?.session.refresh();
		},
		operate: (hostKey) => running.get(hostKey)?.session.operate() ?? null,
		async readDiskUsage(hostKey, parts) {
			await running.get(hostKey)?.session.readDiskUsage(parts);
		},
		async close() {
			stopAgeing();
			for (const {stop} of running.values()) stop.abort();
			await Promise.all([...running.values()].map(({session}) => session.done));
		},
	};
}

/** Lets every host age, and wakes them all after this machine slept; returns a function that stops that. */
function watchAges(
	clock: Clock,
	dispatch: (event: FleetEvent) => void,
	running: ReadonlyMap<HostKey, RunningSession>,
): () => void {
	let cancel = clock.schedule(ageCheckMs, checkAges);
	let lastCheckAt = clock.now();
	function checkAges(): void {
		const at = clock.now();
		const lateMs = at - lastCheckAt - ageCheckMs;
		lastCheckAt = at;
		if (lateMs > sleepMs) for (const {session} of running.values()) session.wakeUp(lateMs);
		for (const hostKey of running.keys()) dispatch({kind: 'clock-ticked', hostKey, at});
		cancel = clock.schedule(ageCheckMs, checkAges);
	}
	return () => cancel();
}
