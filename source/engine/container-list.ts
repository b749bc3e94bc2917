/** The list of containers between two answers of the engine: events change it, lists confirm it, deaths are kept. */
import type {Container} from '../model/readings.ts';
import {applyContainerEvent} from './apply-event.ts';
import {mapContainers} from './map-container.ts';
import type {EngineStreamEvent} from './parse-event.ts';

export type ContainerList = {
	/** True when the event changed the list. */
	apply(event: EngineStreamEvent, now: number): boolean;
	/** Marks the moment a list is asked for: its answer may not know of events that come after. */
	asked(): void;
	answered(answer: unknown, now: number): void;
	current(): readonly Container[];
};

/** Events kept while a list is in flight; a burst beyond it is settled by the list that follows. */
const eventsKept = 500;

export function createContainerList(known: readonly Container[]): ContainerList {
	let containers = known;
	let sinceAsked: EngineStreamEvent[] = [];
	return {
		apply(event, now) {
			if (sinceAsked.length < eventsKept) sinceAsked.push(event);
			const next = applyContainerEvent(containers, event, now);
			const isChanged = next !== containers;
			containers = next;
			return isChanged;
		},
		asked() {
			sinceAsked = [];
		},
		answered(answer, now) {
			const deaths = new Map(containers.map((container) => [container.id, container.recentDeaths]));
			let next = mapContainers(answer, (id) => deaths.get(id) ?? []);
			for (const event of sinceAsked) next = applyContainerEvent(next, event, now);
			sinceAsked = [];
			containers = next.map((container) => ({...container, recentDeaths: deaths.get(container.id) ?? []}));
		},
		current: () => containers,
	};
}
