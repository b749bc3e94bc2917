/** `GET /version` and `GET /info` of a demo host's engine, in the shape its release answers. */
import type {DemoHost} from './demo-host.ts';
import type {DemoStorage} from './host-plan.ts';
import {createRandom} from './random.ts';

/** Engines before 18.03 (API 1.37) knew no components. */
export function versionDocument({plan}: DemoHost): object {
	const {version, apiVersion, minApiVersion, goVersion, buildTime} = plan.engine;
	const gitCommit = createRandom(`engine ${version}`).hex(7);
	const facts = {
		ApiVersion: apiVersion,
		GitCommit: gitCommit,
		GoVersion: goVersion,
		Os: 'linux',
		Arch: 'amd64',
		KernelVersion: plan.distribution.kernelRelease,
		BuildTime: buildTime,
	};
	if (minApiVersion === null) return {Version: version, ...facts};
	return {
		Platform: {Name: 'Docker Engine - Community'},
		Components: [
			{Name: 'Engine', Version: version, Details: {...facts, MinAPIVersion: minApiVersion, Experimental: 'false'}},
			{Name: 'containerd', Version: '1.7.27', Details: {GitCommit: '05044ec0a9a75232cad458027ca83437aae3f4da'}},
			{Name: 'runc', Version: '1.2.5', Details: {GitCommit: 'v1.2.5-0-g59923ef'}},
		],
		Version: version,
		MinAPIVersion: minApiVersion,
		...facts,
	};
}

export function infoDocument(host: DemoHost): object {
	const {plan, ward} = host;
	const containers = ward.list();
	const running = containers.filter(({state}) => state === 'running').length;
	return {
		ID: createRandom(`engine of ${plan.name}`).hex(32),
		Containers: containers.length,
		ContainersRunning: running,
		ContainersPaused: 0,
		ContainersStopped: containers.length - running,
		Images: host.disk.images.list().length,
		Driver: plan.storage.driver,
		DriverStatus: driverStatus(plan.storage),
		SystemStatus: null,
		Plugins: {Volume: ['local'], Network: ['bridge', 'host', 'null', 'overlay'], Authorization: null},
		...machineFacts(host),
		DockerRootDir: '/var/lib/docker',
		Name: plan.name,
		Labels: [],
		ServerVersion: plan.engine.version,
		DefaultRuntime: 'runc',
		Swarm: {
			NodeID: '',
			NodeAddr: '',
			LocalNodeState: 'inactive',
			ControlAvailable: false,
			Error: '',
			RemoteManagers: null,
		},
		SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default'],
		...laterFacts(host),
	};
}

/** What the engine tells about the machine under it. */
function machineFacts({plan, clock}: DemoHost): object {
	return {
		MemoryLimit: true,
		SwapLimit: true,
		IPv4Forwarding: true,
		BridgeNfIptables: true,
		BridgeNfIp6tables: true,
		Debug: false,
		NFd: 60,
		NGoroutines: 80,
		SystemTime: new Date(clock.now()).toISOString(),
		LoggingDriver: 'json-file',
		CgroupDriver: plan.engine.minApiVersion === null ? 'cgroupfs' : 'systemd',
		NEventsListener: 1,
		KernelVersion: plan.distribution.kernelRelease,
		OperatingSystem: plan.distribution.prettyName,
		OSType: 'linux',
		Architecture: 'x86_64',
		IndexServerAddress: 'https://index.docker.io/v1/',
		NCPU: plan.cpuCount,
		MemTotal: plan.memoryBytes,
	};
}

/** What engines after 1.12 added. */
function laterFacts({plan}: DemoHost): object {
	if (plan.engine.minApiVersion === null) return {};
	const {driver} = plan.storage;
	const deprecated = driver === 'aufs' || driver === 'devicemapper';
	return {
		LiveRestoreEnabled: false,
		OSVersion: plan.distribution.versionId,
		...(minorOf(plan.engine.apiVersion) >= 41 ? {CgroupVersion: '2'} : {}),
		Warnings: deprecated
			? [`WARNING: the ${driver} storage-driver is deprecated, and will be removed in a future release.`]
			: null,
	};
}

/** `41` of `1.41`. */
export function minorOf(apiVersion: string): number {
	return Number(apiVersion.split('.')[1] ?? 0);
}

/** Keys and order as the drivers of moby print them. */
function driverStatus(storage: DemoStorage): readonly (readonly [string, string])[] {
	switch (storage.driver) {
		case 'overlay2':
			return [
				['Backing Filesystem', storage.backing],
				['Supports d_type', 'true'],
				['Using metacopy', 'false'],
				['Native Overlay Diff', 'true'],
				['userxattr', 'false'],
			];
		case 'overlayfs':
			return [['driver-type', 'io.containerd.snapshotter.v1']];
		case 'aufs':
			return [
				['Root Dir', '/var/lib/docker/aufs'],
				['Backing Filesystem', 'extfs'],
				['Dirs', String(storage.directories)],
				['Dirperm1 Supported', 'true'],
			];
		case 'devicemapper':
			return thinPoolStatus(storage.dataRatio, storage.metadataRatio);
	}
}

function thinPoolStatus(dataRatio: number, metadataRatio: number): readonly (readonly [string, string])[] {
	const dataBytes = 107.4e9;
	const metadataBytes = 1.074e9;
	return [
		['Pool Name', 'docker-thinpool'],
		['Pool Blocksize', '524.3 kB'],
		['Base Device Size', '10.74 GB'],
		['Backing Filesystem', 'xfs'],
		['Udev Sync Supported', 'true'],
		['Data Space Used', formatSpace(dataBytes * dataRatio)],
		['Data Space Total', formatSpace(dataBytes)],
		['Data Space Available', formatSpace(dataBytes * (1 - dataRatio))],
		['Metadata Space Used', formatSpace(metadataBytes * metadataRatio)],
		['Metadata Space Total', formatSpace(metadataBytes)],
		['Metadata Space Available', formatSpace(metadataBytes * (1 - metadataRatio))],
		['Thin Pool Minimum Free Space', formatSpace(dataBytes / 10)],
		['Deferred Removal Enabled', 'true'],
		['Deferred Deletion Enabled', 'true'],
		['Deferred Deleted Device Count', '0'],
		['Library Version', '1.02.170-RHEL7 (2020-03-24)'],
	];
}

/** `107.4 GB`: four significant digits and decimal units, as `HumanSize` of docker/go-units. */
function formatSpace(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
	return `${Number((bytes / 1000 ** power).toPrecision(4))} ${units[power] ?? 'B'}`;
}
