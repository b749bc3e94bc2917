/** Rules for whatever driver there is: what the kernel log says of it, and what it no longer knows on disk. */
import {formatCount} from '../../support/format.ts';
import type {StorageFacts, StorageIncident} from './storage-facts.ts';
import type {StorageEvidence, StorageRule} from './storage-rule.ts';

/** Whose code each driver runs in the kernel, in the words of the kernel log’s attribution. */
const codeOf: Readonly<Record<string, readonly string[]>> = {
	aufs: ['aufs'],
	overlay: ['overlay', 'overlay2'],
	overlay2: ['overlay', 'overlay2'],
	overlayfs: ['overlay', 'overlay2'],
	devicemapper: ['devicemapper'],
	devmapper: ['devicemapper'],
	btrfs: ['btrfs'],
	zfs: ['zfs'],
};

/** Our choice: an estimate is wrong by the layers that come and go while it is made. */
const leastStrays = 20;
const leastStrayRatio = 0.2;

const logMeaning =
	'The kernel’s own reports name the code of this host’s storage driver: the driver, or the kernel it runs in, is the trouble rather than a container.';
const logAdvice =
	'Read the incidents in the kernel tab. Upgrade the kernel; if they come back, use another storage driver or file system.';

export const anyDriverRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-in-kernel-log',
		drivers: ['*'],
		severity: 'critical',
		when: 'the kernel log tells of a panic or worse trouble in the driver’s code',
		applies: (facts) => logLines(facts, ['panic', 'critical']),
		summary: ({driver}) => `the kernel log blames ${driver}`,
		meaning: logMeaning,
		advice: logAdvice,
		source: 'stack traces and messages of the kernel log, attributed by module and function',
	},
	{
		id: 'storage-driver-in-kernel-log',
		drivers: ['*'],
		severity: 'warning',
		when: 'the kernel log warns of the driver’s code',
		applies: (facts) => logLines(facts, ['warning']),
		summary: ({driver}) => `the kernel log warns of ${driver}`,
		meaning: logMeaning,
		advice: logAdvice,
		source: 'stack traces and messages of the kernel log, attributed by module and function',
	},
	{
		id: 'layer-directories-unknown',
		drivers: ['overlay2', 'overlay', 'aufs', 'vfs', 'btrfs'],
		severity: 'notice',
		when: '20 or more layer directories, and a fifth of them, that the engine does not know (an estimate)',
		applies: strayLines,
		summary: (facts) => `about ${formatCount(strays(facts) ?? 0)} layer directories the engine does not know`,
		meaning:
			'Interrupted pulls, builds and removals leave layers behind that nothing refers to and no prune finds. The number is an estimate; layers that come and go meanwhile count too.',
		advice:
			'Never delete them by hand. If the space matters: save what is only local, stop the engine, start it with an empty data directory, pull again.',
		source: 'moby daemon/graphdriver, layer directories; the numbers are our choice',
	},
];

function logLines(facts: StorageFacts, severities: readonly StorageIncident['severity'][]): StorageEvidence | null {
	const vias = codeOf[facts.driver] ?? [];
	const found = facts.incidents.filter(({via, severity}) => vias.includes(via) && severities.includes(severity));
	return found.length === 0 ? null : found.slice(0, 8).map(({title}) => title);
}

/** Null while either count is not known. */
function strays({layerDirectories, layersKnown}: StorageFacts): number | null {
	return layerDirectories === null || layersKnown === null ? null : Math.max(0, layerDirectories - layersKnown);
}

function strayLines(facts: StorageFacts): StorageEvidence | null {
	const count = strays(facts);
	const {layerDirectories, layersKnown} = facts;
	if (count === null || layerDirectories === null || layersKnown === null) return null;
	if (count < leastStrays || count / layerDirectories < leastStrayRatio) return null;
	return [`${formatCount(layerDirectories)} layer directories on disk, ${formatCount(layersKnown)} layers known`];
}
