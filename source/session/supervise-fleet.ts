/** Runs every host's session side by side and tags what they say with host and time. */
import type {FleetEvent, HostEvent} from '../fleet/fleet-event.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {Clock} from '../support/clock.ts';
import {createBastionVigils} from './bastion-vigil.ts';
import {createMachineClaims} from './claim-machines.ts';
import {startHostSession, type HostSession, type HostSessionOptions} from './host-session.ts';
import type {ReachHost} from './reach-host.ts';
import {createStopWatch, type FindHostEvidence} from './stop-watch.ts';
import {watchAges} from './watch-ages.ts';

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
	/** Absent: nothing but a person makes a host that was stopped be tried again. */
	readonly findEvidence?: FindHostEvidence;
	readonly clock: Clock;
	/** See `ReadHostOptions`. */
	readonly bootsRestMs?: number;
	readonly dispatch: (event: FleetEvent) => void;
};

/** What a session shares with the others, seen from its own side. */
type Own = Pick<HostSessionOptions, 'claim' | 'vigil' | 'watchStop'>;

type RunningSession = {readonly session: HostSession; readonly stop: AbortController};

export function superviseFleet(options: SupervisorOptions): FleetSupervisor {
	const {hosts, reach, findEvidence, clock, dispatch, bootsRestMs} = options;
	const rest = bootsRestMs === undefined ? {} : {bootsRestMs};
	const running = new Map<HostKey, RunningSession>();
	const enterVigil = createBastionVigils(clock);
	const stops = createStopWatch(clock, findEvidence ?? (() => Promise.resolve(null)));

	const emitFor =
		(hostKey: HostKey) =>
		(event: HostEvent): void =>
			dispatch({...event, hostKey, at: clock.now()});

	const claim = createMachineClaims(hosts, (owner, into) => {
		running.get(owner)?.stop.abort();
		emitFor(owner)({kind: 'host-merged', into});
	});

	for (const host of hosts) {
		const emit = emitFor(host.key);
		emit({kind: 'host-added', host});
		const stop = new AbortController();
		const own: Own = {
			claim: (identity) => claim(host, identity),
			vigil: enterVigil(),
			watchStop: ({code}, onNews) => stops.watch(host, code, onNews),
		};
		const session = startHostSession({host, reach, clock, signal: stop.signal, emit, ...own, ...rest});
		running.set(host.key, {session, stop});
	}

	const stopAgeing = watchAges(clock, {
		onSlept(sleptMs) {
			for (const {session} of running.values()) session.wakeUp(sleptMs);
		},
		onTick(at) {
			for (const hostKey of running.keys()) dispatch({kind: 'clock-ticked', hostKey, at});
		},
	});

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
