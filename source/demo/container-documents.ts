/** Containers of a demo host as the engine's API lists and inspects them. */
import type {DemoDisk} from './demo-disk.ts';
import {formatContainerStatus, type DemoContainer} from './demo-container.ts';

/** One entry of `GET /containers/json`; the shape has hardly changed since API 1.24. */
export function containerDocument(container: DemoContainer, now: number, disk: DemoDisk, sized: boolean): object {
	return {
		Id: container.id,
		Names: [`/${container.name}`],
		Image: container.image,
		ImageID: container.imageId,
		Command: container.command,
		Created: Math.floor(container.createdAt / 1000),
		Ports: portDocuments(container),
		Labels: container.labels,
		State: container.state,
		Status: formatContainerStatus(container, now),
		HostConfig: {NetworkMode: 'bridge'},
		NetworkSettings: {Networks: {bridge: {NetworkID: container.id.slice(0, 32), Gateway: '172.17.0.1'}}},
		Mounts: mountDocuments(container, disk),
		...(sized ? sizeFields(container, disk) : {}),
	};
}

/** Engines leave out what is 0. */
function sizeFields(container: DemoContainer, disk: DemoDisk): object {
	const writable = disk.writableBytesOf(container);
	const root = (disk.images.find(container.imageId)?.sizeBytes ?? 0) + writable;
	return {...(writable > 0 ? {SizeRw: writable} : {}), SizeRootFs: root};
}

function mountDocuments({name}: DemoContainer, disk: DemoDisk): readonly object[] {
	return [...disk.volumes.values()]
		.filter(({mountedBy}) => mountedBy === name)
		.map((volume) => ({
			Type: 'volume',
			Name: volume.name,
			Source: `/var/lib/docker/volumes/${volume.name}/_data`,
			Destination: volume.destination,
			Driver: 'local',
			Mode: 'z',
			RW: true,
			Propagation: '',
		}));
}

/** `GET /containers/{id}/json`, the parts a person reads. */
export function inspectDocument(container: DemoContainer): object {
	const runs = container.state === 'running';
	const changedAt = new Date(container.changedAt).toISOString();
	const [path = '', ...args] = container.command.split(' ');
	return {
		Id: container.id,
		Created: new Date(container.createdAt).toISOString(),
		Path: path,
		Args: args,
		State: {
			Status: container.state,
			Running: runs,
			Paused: false,
			Restarting: container.state === 'restarting',
			OOMKilled: false,
			Dead: false,
			Pid: runs ? 1000 + (Number.parseInt(container.id.slice(0, 4), 16) % 30_000) : 0,
			ExitCode: container.exitCode,
			Error: '',
			StartedAt: changedAt,
			FinishedAt: runs ? '0001-01-01T00:00:00Z' : changedAt,
			...(container.health === null
				? {}
				: {Health: {Status: container.health, FailingStreak: container.health === 'healthy' ? 0 : 37, Log: []}}),
		},
		Image: container.imageId,
		Name: `/${container.name}`,
		RestartCount: container.restartCount,
		Driver: 'overlay2',
		HostConfig: {
			NetworkMode: 'bridge',
			RestartPolicy: {Name: container.loops ? 'always' : 'unless-stopped', MaximumRetryCount: 0},
		},
		Mounts: [],
		Config: {
			Hostname: container.id.slice(0, 12),
			Image: container.image,
			Cmd: [path, ...args],
			Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
			Labels: container.labels,
			Tty: false,
		},
	};
}

function portDocuments({port, state}: DemoContainer): readonly object[] {
	if (port === null || state !== 'running') return [];
	return [{IP: '0.0.0.0', PrivatePort: port, PublicPort: port, Type: 'tcp'}];
}
