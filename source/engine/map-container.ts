/** Turns entries of `GET /containers/json` into containers; old engines and Podman name fewer fields. */
import type {Container, ContainerState} from '../model/readings.ts';
import {asArray, asLabels, asNumber, asObject, asText} from './json-shape.ts';

export type DeathsOf = (containerId: string) => readonly number[];

/** A host with more is not one this program can draw. */
const containerLimit = 5000;

export function mapContainers(list: unknown, deathsOf: DeathsOf): readonly Container[] {
	return asArray(list)
		.slice(0, containerLimit)
		.map((entry) => mapContainer(entry, deathsOf))
		.filter((container) => container.id !== '');
}

function mapContainer(entry: unknown, deathsOf: DeathsOf): Container {
	const fields = asObject(entry);
	const id = asText(fields['Id'], 128);
	const status = asText(fields['Status'], 200);
	return {
		id,
		name: mapName(fields['Names'], id),
		image: asText(fields['Image']),
		imageId: asText(fields['ImageID'] ?? fields['ImageId'], 128),
		state: mapContainerState(fields['State'], status),
		status,
		health: parseHealth(status),
		createdAt: (asNumber(fields['Created']) ?? 0) * 1000,
		command: asText(fields['Command'], 300),
		labels: asLabels(fields['Labels']),
		ports: mapPorts(fields['Ports']),
		recentDeaths: deathsOf(id),
	};
}

/** Links give a container further names with more slashes; its own is the shortest path. */
export function mapName(names: unknown, id: string): string {
	const all = asArray(names)
		.slice(0, 20)
		.map((name) => asText(name).replace(/^\//, ''))
		.filter((name) => name !== '');
	const own = all.toSorted((one, other) => one.split('/').length - other.split('/').length)[0];
	return own ?? id.slice(0, 12);
}

const states: readonly ContainerState[] = [
	'created',
	'running',
	'paused',
	'restarting',
	'removing',
	'exited',
	'dead',
	'unknown',
];

/** The API knows `State` since 1.23; before that it is in the words of `Status`. Podman adds `configured`, `stopped`. */
export function mapContainerState(value: unknown, status: string): ContainerState {
	const word = asText(value, 30).toLowerCase();
	const known = states.find((state) => state === word);
	if (known) return known;
	if (word === 'stopped' || word === 'stopping') return 'exited';
	if (word === 'configured' || word === 'initialized') return 'created';
	if (status.startsWith('Up')) return status.includes('(Paused)') ? 'paused' : 'running';
	const bySentence: [string, ContainerState][] = [
		['Restarting', 'restarting'],
		['Exited', 'exited'],
		['Created', 'created'],
		['Dead', 'dead'],
		['Removal', 'removing'],
	];
	return bySentence.find(([start]) => status.startsWith(start))?.[1] ?? 'unknown';
}

export function parseHealth(status: string): Container['health'] {
	if (status.includes('(healthy)')) return 'healthy';
	if (status.includes('(unhealthy)')) return 'unhealthy';
	return /\((health: )?starting\)/.test(status) ? 'starting' : null;
}

/** `0.0.0.0:8080->80/tcp` or `80/tcp`, as the engine's own client prints them, each once. */
function mapPorts(ports: unknown): readonly string[] {
	const words = asArray(ports)
		.slice(0, 50)
		.map((port) => {
			const fields = asObject(port);
			const inside = `${asNumber(fields['PrivatePort']) ?? '?'}/${asText(fields['Type'], 10) || 'tcp'}`;
			const outside = asNumber(fields['PublicPort']);
			const address = asText(fields['IP'], 64);
			return outside === null ? inside : `${address === '' ? '' : `${address}:`}${outside}->${inside}`;
		});
	return [...new Set(words)];
}
