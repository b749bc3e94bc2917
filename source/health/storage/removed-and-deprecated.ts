/** Drivers Docker gave up, by the release that deprecated, disabled and removed them (docker/cli docs/deprecated.md). */
import {isEl7} from './kernel-release.ts';
import type {StorageFacts} from './storage-facts.ts';
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const from1809 = parseVersionRange('>=18.9');
const from1903 = parseVersionRange('>=19.3');
const from23 = parseVersionRange('>=23');
const from24 = parseVersionRange('>=24');
const from25 = parseVersionRange('>=25');
const from28 = parseVersionRange('>=28');
const withOverlay2 = parseVersionRange('>=1.12');
const withManyLowers = parseVersionRange('>=4');

const savedMove =
	'save what is only local (`docker save`), set "storage-driver": "overlay2" in /etc/docker/daemon.json, restart the engine, pull the images again.';

/** overlay2 needs several lower directories in one mount: Linux 4.0, or RHEL 7.3’s 3.10.0-514. */
function canOverlay2({kernel}: StorageFacts): boolean {
	return isWithin(kernel?.version, withManyLowers) || (isEl7(kernel) && (kernel.build[0] ?? 0) >= 514);
}

function moveAdvice(facts: StorageFacts): string {
	const needs = canOverlay2(facts) ? '' : ' overlay2 wants Linux 4.0 or later (RHEL 7: 3.10.0-514).';
	return `Move to overlay2 before upgrading: ${savedMove}${needs}`;
}

function isRemoved({engine, driver}: StorageFacts): boolean {
	return isWithin(engine.version, driver === 'devicemapper' ? from25 : from24);
}

function removedIn({driver}: StorageFacts): number {
	return driver === 'devicemapper' ? 25 : 24;
}

const refuses =
	'Later engines refuse to start with this driver, and what it holds can then not be read by them; nobody mends what breaks in it.';

export const removedAndDeprecatedRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-removed',
		drivers: ['aufs', 'overlay'],
		severity: 'critical',
		when: 'Engine 24.0 or later',
		applies: ({engine}) => speaksIf(isWithin(engine.version, from24)),
		summary: ({driver, engine}) => `storage driver ${driver} is not part of Engine ${engine.text}`,
		meaning:
			'Docker took this driver out with Engine 24.0. An engine that still has it was built by someone else; an ordinary one in its place will not start.',
		advice: `Do not restart or upgrade the engine before what is only local is saved. Then ${savedMove}`,
		source: 'docker/cli docs/deprecated.md; moby daemon/graphdriver checkRemoved',
	},
	{
		id: 'storage-driver-removed',
		drivers: ['devicemapper'],
		severity: 'critical',
		when: 'Engine 25.0 or later',
		applies: ({engine}) => speaksIf(isWithin(engine.version, from25)),
		summary: ({driver, engine}) => `storage driver ${driver} is not part of Engine ${engine.text}`,
		meaning:
			'Docker took this driver out with Engine 25.0. An engine that still has it was built by someone else; an ordinary one in its place will not start.',
		advice: `Do not restart or upgrade the engine before what is only local is saved. Then ${savedMove}`,
		source: 'docker/cli docs/deprecated.md; docker/cli#4307',
	},
	{
		id: 'storage-driver-deprecated',
		drivers: ['devicemapper'],
		severity: 'warning',
		when: 'Engine 23.0 to 24.x, which start with it only when it is configured by name',
		applies: (facts) => speaksIf(isWithin(facts.engine.version, from23) && !isRemoved(facts)),
		summary: 'storage driver devicemapper: off unless configured by name, gone in Engine 25',
		meaning: `An engine of this release starts with devicemapper only while its configuration names it. ${refuses}`,
		advice: moveAdvice,
		source: 'moby#43378; docker/cli docs/deprecated.md',
	},
	{
		id: 'storage-driver-deprecated',
		drivers: ['aufs'],
		severity: 'warning',
		when: 'Engine 19.03 to 23.x',
		applies: (facts) => speaksIf(isWithin(facts.engine.version, from1903) && !isRemoved(facts)),
		summary: 'storage driver aufs: deprecated, gone in Engine 24',
		meaning: refuses,
		advice: moveAdvice,
		source: 'docker/cli docs/deprecated.md',
	},
	{
		id: 'storage-driver-deprecated',
		drivers: ['overlay', 'devicemapper'],
		severity: 'warning',
		when: 'Engine 18.09 until its removal',
		applies: (facts) => speaksIf(isWithin(facts.engine.version, from1809) && !isRemoved(facts)),
		summary: (facts) => `storage driver ${facts.driver}: deprecated, gone in Engine ${removedIn(facts)}`,
		meaning: refuses,
		advice: moveAdvice,
		source: 'docker/cli docs/deprecated.md; moby#38017',
	},
	{
		id: 'storage-driver-deprecated',
		drivers: ['overlay'],
		severity: 'notice',
		when: 'Engine 1.12 to 18.06 on a kernel that can do overlay2 (Linux 4.0, RHEL 7 3.10.0-514)',
		applies: (facts) =>
			speaksIf(isWithin(facts.engine.version, withOverlay2) && !isRemoved(facts) && canOverlay2(facts)),
		summary: 'storage driver overlay: overlay2 is available here',
		meaning:
			'overlay links every file of every layer anew and so uses up inodes; overlay2 does not. Engine 24.0 and later refuse to start with overlay.',
		advice: moveAdvice,
		source: 'docker/cli docs/deprecated.md; moby v1.12 daemon/graphdriver/overlay2',
	},
	{
		id: 'storage-driver-deprecated',
		drivers: ['aufs', 'overlay', 'devicemapper'],
		severity: 'notice',
		when: 'an earlier engine, or one of unknown version',
		applies: (facts) => speaksIf(!isRemoved(facts)),
		summary: (facts) => `storage driver ${facts.driver}: has no future, gone in Engine ${removedIn(facts)}`,
		meaning: refuses,
		advice: moveAdvice,
		source: 'docker/cli docs/deprecated.md',
	},
	{
		id: 'storage-driver-plugin',
		drivers: ['*'],
		severity: 'critical',
		when: 'a driver named like a plugin (with / or :), Engine 28.0 or later',
		applies: (facts) => speaksIf(isPlugin(facts) && isWithin(facts.engine.version, from28)),
		summary: ({driver}) => `storage driver ${driver} is a plugin, which this engine has no place for`,
		meaning:
			'Engine 28.0 took storage drivers that are plugins out; it will not find its images and containers again after a restart.',
		advice:
			'Save what is only local (`docker save`) before any restart; then use overlay2, or the containerd image store with a snapshotter.',
		source: 'docker/cli docs/deprecated.md',
	},
	{
		id: 'storage-driver-plugin',
		drivers: ['*'],
		severity: 'warning',
		when: 'a driver named like a plugin (with / or :)',
		applies: (facts) => speaksIf(isPlugin(facts)),
		summary: ({driver}) => `storage driver ${driver} is a plugin: gone in Engine 28`,
		meaning: 'Storage drivers that are plugins were always experimental; Engine 28.0 and later have none.',
		advice: 'Before upgrading, move to overlay2, or to the containerd image store with a snapshotter.',
		source: 'docker/cli docs/deprecated.md',
	},
	{
		id: 'btrfs-on-rhel-7',
		drivers: ['btrfs'],
		severity: 'warning',
		when: 'RHEL 7, CentOS 7 and their rebuilds',
		applies: ({os, kernel}) => speaksIf(isRhel7(os) && isEl7(kernel)),
		summary: 'storage driver btrfs on RHEL 7: packages from Engine 23 on are without it',
		meaning:
			'btrfs was a preview in RHEL 7 and taken out after it; Docker’s packages for it dropped the driver with Engine 23.0.',
		advice: `Move to overlay2 before upgrading: ${savedMove}`,
		source: 'docker/cli docs/deprecated.md; Docker Engine 23.0 release notes',
	},
];

/** Built-in drivers are single words; a plugin is named like an image. */
function isPlugin({driver, store}: StorageFacts): boolean {
	return store === 'graph-driver' && /[/:]/.test(driver);
}

function isRhel7(os: StorageFacts['os']): boolean {
	return (
		os !== null && ['rhel', 'centos', 'ol', 'scientific'].includes(os.id) && (os.versionId ?? '').split('.')[0] === '7'
	);
}
