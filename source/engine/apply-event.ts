/**
 * Folds one event into the list of containers at once, so that a start or a death is on the screen before the list
 * that confirms it has been read.
 */
import type {Container} from '../model/readings.ts';
import {appendBounded} from '../support/ring-buffer.ts';
import type {EngineStreamEvent} from './parse-event.ts';

const deathsKept = 20;

/** The same list when the event changes nothing known here. Deaths are dated by `now`: the host's clock may be wrong. */
export function applyContainerEvent(
	containers: readonly Container[],
	event: EngineStreamEvent,
	now: number,
): readonly Container[] {
	const index = containers.findIndex((container) => container.id === event.id);
	const container = containers[index];
	if (!container) return event.action === 'create' ? [createdBy(event, now), ...containers] : containers;
	if (event.action === 'destroy') return containers.toSpliced(index, 1);
	const changed = applyTo(container, event, now);
	return changed === container ? containers : containers.with(index, changed);
}

function applyTo(container: Container, event: EngineStreamEvent, now: number): Container {
	switch (event.action) {
		case 'start':
		case 'restart':
			return {...container, state: 'running', status: 'Up Less than a second', health: null};
		case 'unpause':
			return {...container, state: 'running', status: container.status.replace(' (Paused)', '')};
		case 'pause':
			return {...container, state: 'paused', status: `${container.status} (Paused)`};
		case 'die': {
			const deaths = appendBounded(container.recentDeaths, [now], deathsKept);
			const status = `Exited (${event.attributes['exitCode'] ?? '?'}) Less than a second ago`;
			return {...container, state: 'exited', status, health: null, recentDeaths: deaths};
		}
		case 'rename':
			return {...container, name: event.attributes['name']?.replace(/^\//, '') ?? container.name};
		default:
			return applyHealth(container, event.action);
	}
}

function applyHealth(container: Container, action: string): Container {
	const word = /^health_status: (\w+)/.exec(action)?.[1];
	const health = (['healthy', 'unhealthy', 'starting'] as const).find((known) => known === word);
	if (!health) return container;
	const words = container.status.replace(/ \([^)]*\)$/, '');
	return {...container, health, status: `${words} (${health === 'starting' ? 'health: starting' : health})`};
}

/** What an event knows of a new container; labels come mixed with its other attributes, so they wait for the list. */
function createdBy(event: EngineStreamEvent, now: number): Container {
	return {
		id: event.id,
		name: event.attributes['name'] ?? event.id.slice(0, 12),
		image: event.attributes['image'] ?? '',
		imageId: '',
		state: 'created',
		status: 'Created',
		health: null,
		createdAt: event.at ?? now,
		command: '',
		labels: {},
		ports: [],
		recentDeaths: [],
	};
}
