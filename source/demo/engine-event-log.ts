/** The events one demo engine tells: the newest kept, and those who listen. */
import {appendBounded} from '../support/ring-buffer.ts';
import type {DemoContainer} from './demo-container.ts';

/** One message of `GET /events`, as engines since API 1.22 write it. */
export type DemoEngineEvent = {
	readonly status: string;
	readonly id: string;
	readonly from: string;
	readonly Type: 'container';
	readonly Action: string;
	readonly Actor: {readonly ID: string; readonly Attributes: Readonly<Record<string, string>>};
	readonly scope: 'local';
	/** Seconds since the epoch. */
	readonly time: number;
	readonly timeNano: number;
};

export type EngineEventLog = {
	/** `facts` are the attributes beyond name, image and labels. */
	tell(container: DemoContainer, action: string, at: number, facts?: Readonly<Record<string, string>>): void;
	recent(): readonly DemoEngineEvent[];
	subscribe(listener: (event: DemoEngineEvent) => void): () => void;
};

const eventsKept = 64;

export function createEngineEventLog(): EngineEventLog {
	let events: readonly DemoEngineEvent[] = [];
	const listeners = new Set<(event: DemoEngineEvent) => void>();
	return {
		tell(container, action, at, facts = {}) {
			const event = describeEvent(container, action, at, facts);
			events = appendBounded(events, [event], eventsKept);
			for (const listener of listeners) listener(event);
		},
		recent: () => events,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function describeEvent(
	container: DemoContainer,
	action: string,
	at: number,
	facts: Readonly<Record<string, string>>,
): DemoEngineEvent {
	return {
		status: action,
		id: container.id,
		from: container.image,
		Type: 'container',
		Action: action,
		Actor: {
			ID: container.id,
			Attributes: {...container.labels, image: container.image, name: container.name, ...facts},
		},
		scope: 'local',
		time: Math.floor(at / 1000),
		timeNano: at * 1e6,
	};
}
