/**
 * One host's life: climb the ladder, read the host while the connection holds, say why it ended, try again when that
 * makes sense. It waits for no other host.
 */
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {HostDiskUsagePart} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import {LadderError} from '../model/ladder-error.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import type {BastionVigil} from './bastion-vigil.ts';
import {createLadderClimb, type LadderClimb} from './ladder-climb.ts';
import {lostConnection, sleptThrough} from './lost-connection.ts';
import type {OperatedHost} from './operate-host.ts';
import type {ReachHost} from './reach-host.ts';
import {createDiskUsageReader} from './read-disk-usage.ts';
import {readHost, type HostReader} from './read-host.ts';
import {createRest} from './rest-between-attempts.ts';

export type HostSessionOptions = {
	readonly host: Host;
	readonly reach: ReachHost;
	/** Claims a machine for this host; answers with the host that already has it, else null. */
	readonly claim: (identity: string) => HostKey | null;
	/** See `ReadHostOptions`. */
	readonly bootsRestMs?: number;
	/** Waits for a jump host together with the other hosts behind it. */
	readonly vigil: BastionVigil;
	/** See `StopWatch`; the host is given. */
	readonly watchStop: (error: LadderError, onNews: () => void) => () => void;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};

export type HostSession = {
	/** Reads everything again now, or tries again now if the host is waiting for its next attempt. */
	refresh(): void;
	/** This machine slept: drops what it takes for a connection, and tries again without waiting out its backoff. */
	wakeUp(sleptMs: number): void;
	/** Over the connection that is open; null while there is none. */
	operate(): HostOperator | null;
	/** Resolves when each of these parts has its reading, be it a failure. */
	readDiskUsage(parts: readonly HostDiskUsagePart[]): Promise<void>;
	readonly done: Promise<void>;
};

/** A connection that held this long proves that the host is well again: the next loss starts a new backoff. */
const settledMs = 30_000;

export function startHostSession(options: HostSessionOptions): HostSession {
	const {clock, signal, emit, vigil, watchStop} = options;
	const climb = createLadderClimb((ladder) => emit({kind: 'ladder-changed', ladder}));
	const rest = createRest({clock, climb, vigil, watchStop});
	let reader: HostReader | null = null;
	let drop = (_reason: LadderError): void => {};
	const operated = (): OperatedHost | null => {
		const current = reader?.operated() ?? null;
		return current === null || current.signal.aborted ? null : current;
	};
	const disk = createDiskUsageReader({connected: operated, clock, emit});
	signal.addEventListener('abort', rest.end, {once: true});

	const live = async (): Promise<void> => {
		while (!signal.aborted) {
			emit({kind: 'attempt-started'});
			climb.restart(clock.now());
			const startedAt = clock.now();
			const dropped = Promise.withResolvers<LadderError>();
			drop = dropped.resolve;
			const end = await oneConnection(options, climb, dropped.promise, (current) => (reader = current));
			reader = null;
			drop = () => {};
			if (end === 'merged' || signal.aborted) return;
			if (clock.now() - startedAt > settledMs) rest.startAnew();
			await rest.after(end);
		}
	};

	return {
		refresh() {
			rest.end();
			reader?.refresh();
		},
		wakeUp(sleptMs) {
			rest.startAnew();
			drop(sleptThrough(sleptMs));
			if (rest.isPassing()) rest.end();
		},
		operate: () => operated()?.operator ?? null,
		readDiskUsage: disk.read,
		done: live().finally(vigil.leave),
	};
}

/** Connects and reads until the connection ends; answers with why it ended. */
async function oneConnection(
	options: HostSessionOptions,
	climb: LadderClimb,
	dropped: Promise<LadderError>,
	onReader: (reader: HostReader) => void,
): Promise<LadderError | 'merged'> {
	const {host, emit, clock, vigil} = options;
	const life = new AbortController();
	const {signal} = life;
	let transport: Transport | null = null;
	const endLife = (): void => {
		life.abort();
		transport?.close();
	};
	let dropReason: LadderError | null = null;
	void dropped.then((reason) => {
		dropReason = reason;
		endLife();
	});
	options.signal.addEventListener('abort', endLife, {once: true});
	try {
		const reached = await options.reach({
			host,
			signal,
			onRung: (rung, note) => climb.reach(rung, clock.now(), note),
			onBastion: vigil.reached,
			claim: options.claim,
		});
		if (reached.kind === 'same-machine') {
			emit({kind: 'host-merged', into: reached.as});
			return 'merged';
		}
		transport = reached.transport;
		vigil.leave();
		emit({kind: 'connected', transport: transport.description, address: reached.address});
		const rest = options.bootsRestMs === undefined ? {} : {bootsRestMs: options.bootsRestMs};
		const reader = readHost({host, transport, local: reached.local, climb, clock, signal, emit, ...rest});
		onReader(reader);
		return await Promise.race([dropped, reader.ended]);
	} catch (error) {
		if (dropReason !== null) return dropReason;
		if (error instanceof LadderError) return error;
		if (signal.aborted) return lostConnection('closed');
		throw error;
	} finally {
		options.signal.removeEventListener('abort', endLife);
		endLife();
	}
}
