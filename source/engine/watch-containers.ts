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
	let restUntil = Number.NEGATIVE_INFINITY;
	let cancel = (): void => {};

	const schedule = (delayMs: number): void => {
		cancel();
		cancel = clock.schedule(delayMs, ask);
	};
	const scheduleConfirmation = (): void => schedule(Math.max(timings.relistDelayMs, restUntil - clock.now()));
	const take = (answer: unknown, askedAt: number): void => {
		isAsking = false;
		hasAnswer = true;
		const now = clock.now();
		restUntil = now + Math.max(timings.relistEveryMs, (now - askedAt) * restPerListTime);
		list.answered(answer, now);
		onContainers(list.current(), true);
		if (isUnconfirmed) scheduleConfirmation();
		else schedule(timings.resyncMs * (0.5 + 0.5 * Math.random()));
	};
	const ask = (): void => {
		cancel();
		if (signal.aborted) return;
		isUnconfirmed = isAsking;
		if (isAsking) return;
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
