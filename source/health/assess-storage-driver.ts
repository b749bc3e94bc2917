/**
 * Judges the storage driver against the engine, the kernel and the file system under it. Rules follow Docker's
 * deprecation list (docker/cli docs/deprecated.md) and the issues named beside them. Podman's drivers are its own.
 */
import type {Finding} from '../model/finding.ts';
import {valueOf} from '../model/reading.ts';
import type {EngineInfo} from '../model/readings.ts';
import type {HealthInput} from './health-input.ts';
import {isAtLeast, parseVersion, type Version} from './parse-version.ts';

type Facts = {readonly engine: EngineInfo; readonly engineVersion: Version | null; readonly kernel: string | null};
type Verdict = Pick<Finding, 'id' | 'severity' | 'summary' | 'meaning' | 'advice'> & {
	readonly lines?: readonly string[];
};
type Rule = (facts: Facts) => Verdict | null;

/** A driver is judged by what the engine said when it last answered: it does not change while the engine runs. */
export function assessStorageDriver({readings}: HealthInput): readonly Finding[] {
	const engine = valueOf(readings.engine);
	if (engine === null || engine.product !== 'docker') return [];
	const kernel = valueOf(readings.identity)?.kernel.release ?? null;
	const facts: Facts = {engine, engineVersion: parseVersion(engine.version), kernel};
	return rules.flatMap((rule) => {
		const verdict = rule(facts);
		return verdict === null ? [] : [toFinding(verdict, facts)];
	});
}

function toFinding({lines = [], ...verdict}: Verdict, {engine, kernel}: Facts): Finding {
	const where = `engine ${engine.version}, driver ${engine.driver}${kernel === null ? '' : `, kernel ${kernel}`}`;
	return {
		...verdict,
		category: 'storage-driver',
		subject: engine.driver,
		evidence: [where, ...lines],
		since: null,
		count: 1,
	};
}

/** Drivers Docker gave up: deprecated from, removed in. */
const abandoned: Readonly<Record<string, readonly [deprecated: readonly [number, number], removed: number]>> = {
	aufs: [[19, 3], 24],
	overlay: [[18, 9], 24],
	devicemapper: [[18, 9], 25],
};

function deprecated({engine, engineVersion, kernel}: Facts): Verdict | null {
	const entry = abandoned[engine.driver];
	if (entry === undefined || isSnapshotter(engine)) return null;
	const [[major, minor], removed] = entry;
	const isDeprecated = engineVersion === null || isAtLeast(engineVersion, major, minor);
	const kernelVersion = kernel === null ? null : parseVersion(kernel);
	const canOverlay2 = kernelVersion !== null && isAtLeast(kernelVersion, 4, 0);
	return {
		id: 'storage-driver-deprecated',
		severity: isDeprecated ? 'warning' : 'notice',
		summary: `storage driver ${engine.driver}: ${isDeprecated ? 'deprecated' : 'has no future'}, gone in Engine ${removed}`,
		meaning: `Engine ${removed}.0 and later refuse to start with ${engine.driver}; nobody mends what breaks in it.`,
		advice: `Move to overlay2 before upgrading: save what is only local (\`docker save\`), set "storage-driver": "overlay2" in /etc/docker/daemon.json, pull the images again.${canOverlay2 ? '' : ' overlay2 wants Linux 4.0 or later (RHEL 7: 3.10.0-514).'}`,
	};
}

/** Panics reported again and again: moby#21081, #19910, #29397, #30402, #13940, #14816. */
function aufsPanics({engine, kernel}: Facts): Verdict | null {
	const version = kernel === null ? null : parseVersion(kernel);
	if (engine.driver !== 'aufs' || version === null) return null;
	const [major, minor] = version;
	if (major !== 3 || minor < 13 || minor > 19) return null;
	return {
		id: 'storage-driver-known-to-panic',
		severity: 'critical',
		summary: `aufs on Linux 3.${minor}: known to panic`,
		meaning:
			'aufs on Linux 3.13 to 3.19 dereferences null pointers under load: hosts with this pair crash every few days and may corrupt layers.',
		advice:
			'Upgrade to Linux 4.x or later and move to overlay2; until then keep spare instances elsewhere. See moby#21081.',
	};
}

/** overlay on RHEL 7.1 and 7.2 kernels: moby#12488, singularity#228. */
function overlayOnOldRhel({engine, kernel}: Facts): Verdict | null {
	if (engine.driver !== 'overlay' || kernel === null || !/^3\.10\.0-(?:229|327)\b.*el7/.test(kernel)) return null;
	return {
		id: 'storage-driver-known-to-panic',
		severity: 'critical',
		summary: 'overlay on RHEL 7.1/7.2: known to panic',
		meaning:
			'The first backports of overlay fail to mount (3.10.0-229) or trip over a kernel BUG in fs/dcache.c (3.10.0-327).',
		advice: 'Upgrade to kernel 3.10.0-514 (RHEL 7.3) or later and move to overlay2.',
	};
}

function copiesEverything({engine}: Facts): Verdict | null {
	if (engine.driver !== 'vfs') return null;
	return {
		id: 'storage-driver-copies',
		severity: 'warning',
		summary: 'storage driver vfs copies every layer',
		meaning:
			'vfs is for tests: each image layer and container is a full copy, so the disk fills many times faster. An engine falls back to it when the kernel offers nothing better.',
		advice: 'Find out why overlay2 was not chosen (`journalctl -u docker | grep -i overlay`), then move to it.',
	};
}

/** docker/cli deprecated.md; moby#27358, #15314, #29873. */
function lacksDType({engine, engineVersion}: Facts): Verdict | null {
	if (!engine.driver.startsWith('overlay') || statusOf(engine, 'Supports d_type') !== 'false') return null;
	const isRefused = engineVersion === null || isAtLeast(engineVersion, 17, 12);
	return {
		id: 'storage-driver-without-d-type',
		severity: isRefused ? 'critical' : 'warning',
		summary: `${engine.driver} on a file system without d_type`,
		meaning:
			'The backing file system does not tell file types (XFS with ftype=0): deleted files come back, builds break, and Engine 23.0 and later do not start.',
		advice: 'Move the engine’s root to XFS formatted with `-n ftype=1`, or to ext4; check with `xfs_info`.',
		lines: [`Backing Filesystem: ${statusOf(engine, 'Backing Filesystem') ?? 'not said'}`, 'Supports d_type: false'],
	};
}

/** Docker's own manual: loop-lvm is not for production; moby graphdriver/devmapper warns at start. */
function usesLoopFiles({engine}: Facts): Verdict | null {
	const file = statusOf(engine, 'Data loop file');
	if (engine.driver !== 'devicemapper' || file === null) return null;
	return {
		id: 'storage-driver-loopback',
		severity: 'warning',
		summary: 'devicemapper on loopback files',
		meaning:
			'The thin pool lies in a sparse file (loop-lvm): slow, and it never gives space back to the file system it fills. Docker says not to run it in production.',
		advice: 'Move to overlay2, or to devicemapper on a volume of its own (direct-lvm).',
		lines: [`Data loop file: ${file}`],
	};
}

/** moby daemon/graphdriver/devmapper/deviceset.go warns of data loss; moby#4036, #10944. */
function lacksUdevSync({engine}: Facts): Verdict | null {
	if (engine.driver !== 'devicemapper' || statusOf(engine, 'Udev Sync Supported') !== 'false') return null;
	return {
		id: 'storage-driver-without-udev-sync',
		severity: 'critical',
		summary: 'devicemapper without udev sync: risks data',
		meaning: 'The engine cannot wait for udev to create its devices; it warns itself that this leads to data loss.',
		advice: 'Install the engine from packages (dynamically linked) instead of a static binary, or move to overlay2.',
		lines: ['Udev Sync Supported: false'],
	};
}

function zpoolUnwell({engine}: Facts): Verdict | null {
	const health = engine.driver === 'zfs' ? statusOf(engine, 'Zpool Health') : null;
	if (health === null || health === 'ONLINE' || health === '') return null;
	return {
		id: 'zpool-unwell',
		severity: health === 'DEGRADED' ? 'warning' : 'critical',
		summary: `zpool ${statusOf(engine, 'Zpool') ?? ''} is ${health}`.replace('  ', ' '),
		meaning: 'The ZFS pool that holds all images and containers has lost a device or its connection to it.',
		advice: '`zpool status -x` names the device; replace it and watch the resilvering.',
		lines: [`Zpool Health: ${health}`],
	};
}

const rules: readonly Rule[] = [
	aufsPanics,
	overlayOnOldRhel,
	deprecated,
	copiesEverything,
	lacksDType,
	usesLoopFiles,
	lacksUdevSync,
	zpoolUnwell,
];

/** With the containerd image store the driver's name is a snapshotter's, and Docker's driver rules do not apply. */
function isSnapshotter({driverStatus}: EngineInfo): boolean {
	return driverStatus.some(([key, value]) => key === 'driver-type' && value.startsWith('io.containerd.snapshotter'));
}

export function statusOf({driverStatus}: EngineInfo, wanted: string): string | null {
	return driverStatus.find(([key]) => key === wanted)?.[1] ?? null;
}
