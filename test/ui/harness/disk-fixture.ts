/** What keeps the disk of a host, as fixed data. */
import type {HostState} from '../../../source/fleet/fleet-state.ts';
import type {ContainerUse, HostDiskUsage, ImageUse} from '../../../source/model/disk-usage.ts';
import {createFilesystem, createHost, fixtureNow} from './host-fixture.ts';

const day = 86_400_000;
const askedAt = fixtureNow + 1000;

const ok = <T>(value: T) => ({kind: 'ok', value, at: askedAt}) as const;

export function createImageUse(name: string, facts: Partial<ImageUse> = {}): ImageUse {
	return {
		id: `sha256:${name.replaceAll(/[^a-z0-9]/g, '').padEnd(64, '0')}`,
		tags: [name],
		digests: [`${name.split(':', 1)[0]}@sha256:${'d'.repeat(64)}`],
		labels: {},
		builtAt: fixtureNow - 100 * day,
		taggedAt: null,
		sizeBytes: 900e6,
		sharedBytes: 300e6,
		parentId: null,
		...facts,
	};
}

export function createContainerUse(name: string, image: ImageUse, facts: Partial<ContainerUse> = {}): ContainerUse {
	return {
		id: `id-${name}`,
		name,
		imageId: image.id,
		image: image.tags[0] ?? image.id,
		state: 'running',
		createdAt: fixtureNow - 3 * day,
		finishedAt: null,
		writableBytes: 12e6,
		labels: {},
		volumes: [],
		...facts,
	};
}

const api = createImageUse('registry.example/shop/api:1.4', {sizeBytes: 1.9e9, sharedBytes: 400e6});
const apiBefore = createImageUse('registry.example/shop/api:1.3', {
	sizeBytes: 1.8e9,
	sharedBytes: 400e6,
	taggedAt: fixtureNow - 40 * day,
});
const registry = createImageUse('registry:2', {sizeBytes: 26e6, sharedBytes: 0});
const unnamed = createImageUse('leftover', {tags: [], digests: [], sizeBytes: 1.2e9, sharedBytes: 300e6});

/** Something of everything. */
export const wholeUsage: HostDiskUsage = {
	images: ok([api, apiBefore, registry, unnamed]),
	containers: ok([
		createContainerUse('api', api),
		createContainerUse('registry', registry, {writableBytes: 3e3}),
		createContainerUse('job', apiBefore, {state: 'exited', finishedAt: fixtureNow - 20 * day, writableBytes: 2.4e9}),
	]),
	volumes: ok([
		{
			name: 'pgdata',
			driver: 'local',
			labels: {},
			createdAt: fixtureNow - 90 * day,
			bytes: 18e9,
			references: 1,
			isAnonymous: false,
		},
		{
			name: 'a'.repeat(64),
			driver: 'local',
			labels: {},
			createdAt: null,
			bytes: null,
			references: 0,
			isAnonymous: true,
		},
	]),
	buildCache: ok([
		{
			id: 'cache-1',
			kind: 'regular',
			description: 'RUN npm ci',
			bytes: 3.1e9,
			createdAt: fixtureNow - 9 * day,
			lastUsedAt: fixtureNow - 2 * day,
			inUse: false,
			isShared: false,
			parentIds: [],
		},
	]),
	logFiles: ok([
		{containerId: 'id-api', path: '/var/lib/docker/containers/id-api/id-api-json.log', bytes: 41e9},
		{containerId: 'id-registry', path: '/var/lib/docker/containers/id-registry/id-registry-json.log', bytes: 8e6},
	]),
	rootDirectories: ok({
		path: '/var/lib/docker',
		bytes: 71e9,
		directories: [
			{name: 'containers', path: '/var/lib/docker/containers', bytes: 41.2e9},
			{name: 'volumes', path: '/var/lib/docker/volumes', bytes: 18.1e9},
			{name: 'overlay2', path: '/var/lib/docker/overlay2', bytes: null},
		],
		layerDirectories: {present: 41, unreferenced: 7},
	}),
	registries: ok([
		{containerId: 'id-registry', name: 'registry', path: '/var/lib/docker/volumes/images/_data', bytes: 1.4e9},
	]),
};

export function createFullHost(diskUsage: Partial<HostDiskUsage> = {}, name = 'web-07'): HostState {
	return createHost(name, {
		diskUsage: {...wholeUsage, ...diskUsage},
		readings: {
			filesystems: {
				kind: 'ok',
				at: fixtureNow,
				value: [createFilesystem('/', 0.41), createFilesystem('/var/lib/docker', 0.94)],
			},
		},
	});
}
