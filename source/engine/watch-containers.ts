/**
 * Keeps the list of containers: events change it at once and ask for one list that confirms them; without events the
 * list is read again now and then. One list is in flight at most, and a slow engine is asked less often.
 */
import type {Container} from '../model/readings.ts';
import type {Clock} from '../support/clock.ts';
import {createContainerList} from './container-list.ts';
import type {EngineClient} from './engine-client.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineTimings} from './engine-timings.ts';
import type {EngineStreamEvent} from './parse-event.ts';
import {requestPatiently} from './patient-request.ts';

export type ContainersOptions = {
	readonly client: EngineClient;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	/** What was known before the connection was made; keeps the memory of deaths. */
	readonly known: readonly Container[];
	/** `isListed` says that the engine itself has just given this list. */
	readonly onContainers: (containers: readonly Container[], isListed: boolean) => void;
	/** The list is late and stays open. */
	readonly onLate: () => void;
	readonly onFault: (fault: EngineFault) => void;
};

export type ContainersWatch = {
	/** Asks for a list, now or as soon as the one in flight has ended. */
	resync(): void;
	apply(event: EngineStreamEvent | null): void;
	/** Asks for a list when it is time to, and none is on its way or wanted by an event; false when it does not. */
	runErrand(): boolean;
};

/** An engine that takes long over a list gets at least this many times as long between two. */
const restPerListTime = 4;

export function watchContainers(options: ContainersOptions): ContainersWatch {
	const {clock, timings, signal, onContainers} = options;
	const list = createContainerList(options.known);
	let hasAnswer = false;
	let isAsking = false;
	/** Something happened that no list has confirmed yet. */
	let isUnconfirmed = false;
	const pace = createPace(timings);
	let cancel = (): void => {};

	const scheduleConfirmation = (): void => {
		cancel();
		cancel = clock.schedule(Math.max(timings.relistDelayMs, pace.restMs(clock.now())), ask);
	};
	const take = (answer: unknown, askedAt: number): void => {
		isAsking = false;
		hasAnswer = true;
		pace.answered(askedAt, clock.now());
		list.answered(answer, clock.now());
		onContainers(list.current(), true);
		if (isUnconfirmed) scheduleConfirmation();
	};
	const ask = (): void => {
		cancel();
		isUnconfirmed = isAsking;
		if (isAsking || signal.aborted) return;
		isAsking = true;
		list.asked();
		const askedAt = clock.now();
		requestList(options).then(
			(answer) => take(answer, askedAt),
			(fault: EngineFault) => {
				isAsking = false;
				if (!signal.aborted) options.onFault(fault);
			},
		);
	};

	signal.addEventListener('abort', () => cancel(), {once: true});
	return {
		resync: ask,
		apply(event) {
			if (event !== null && list.apply(event, clock.now()) && hasAnswer) onContainers(list.current(), false);
			if (!isAsking && !isUnconfirmed) scheduleConfirmation();
			isUnconfirmed = true;
		},
		runErrand() {
			if (isAsking || isUnconfirmed || !pace.isDue(clock.now())) return false;
			ask();
			return true;
		},
	};
}

type Pace = {
	answered(askedAt: number, now: number): void;
	/** How long the engine still has before the next list. */
	restMs(now: number): number;
	/** The list is old enough to be read again without any event. */
	isDue(now: number): boolean;
};

function createPace(timings: EngineTimings): Pace {
	let restUntil = Number.NEGATIVE_INFINITY;
	let dueAt = Number.POSITIVE_INFINITY;
	return {
		answered(askedAt, now) {
			restUntil = now + Math.max(timings.relistEveryMs, (now - askedAt) * restPerListTime);
			dueAt = Math.max(restUntil, now + timings.resyncMs * (0.5 + 0.5 * Math.random()));
		},
		restMs: (now) => Math.max(0, restUntil - now),
		isDue: (now) => now >= dueAt,
	};
}

function requestList({client, clock, timings, signal, onLate}: ContainersOptions): Promise<unknown> {
	return requestPatiently((own) => client.getJson('/containers/json', {all: 1}, own), {
		clock,
		signal,
		lateMs: timings.listMs,
		giveUpMs: timings.giveUpMs,
		onLate,
	});
}
