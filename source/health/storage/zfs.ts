/** The zfs driver: the health of its pool in ZFS’s words, and the room left for the engine’s dataset. */
import {formatBytes, formatRatio} from '../../support/format.ts';
import {usedRatio} from '../filesystem-usage.ts';
import type {StorageFacts} from './storage-facts.ts';
import type {StorageEvidence, StorageRule} from './storage-rule.ts';

const failed: ReadonlySet<string> = new Set(['FAULTED', 'SUSPENDED', 'UNAVAIL', 'OFFLINE', 'REMOVED']);

/** Our choice. */
const leastFreeRatio = 0.1;
/** From here on the file system’s own finding speaks. */
const filesystemSpeaksRatio = 0.85;

const unwellSummary = ({zpool}: StorageFacts): string =>
	`zpool ${zpool?.name ?? ''} is ${zpool?.health ?? ''}`.replace('  ', ' ');

export const zfsRules: readonly StorageRule[] = [
	{
		id: 'zpool-unwell',
		drivers: ['zfs'],
		severity: 'critical',
		when: '`Zpool Health` is FAULTED, SUSPENDED, UNAVAIL, OFFLINE or REMOVED',
		applies: (facts) => healthLine(facts, (health) => failed.has(health)),
		summary: unwellSummary,
		meaning: 'The ZFS pool that holds all images and containers cannot be used, or stops all who write to it.',
		advice:
			'`sudo zpool status -x` says why; bring the device back and run `sudo zpool clear POOL`, or move the work elsewhere.',
		source: 'moby daemon/graphdriver/zfs/zfs.go; zpoolconcepts(7); openzfs/zfs#8234',
		subject: poolName,
	},
	{
		id: 'zpool-unwell',
		drivers: ['zfs'],
		severity: 'warning',
		when: '`Zpool Health` is DEGRADED',
		applies: (facts) => healthLine(facts, (health) => health === 'DEGRADED'),
		summary: unwellSummary,
		meaning: 'The ZFS pool that holds all images and containers has lost a device; it goes on with what is left.',
		advice: '`sudo zpool status -x` names the device; replace it and watch the resilvering.',
		source: 'moby daemon/graphdriver/zfs/zfs.go; zpoolconcepts(7)',
		subject: poolName,
	},
	{
		id: 'zpool-filling',
		drivers: ['zfs'],
		severity: 'warning',
		when: 'less than 10 % free of what the engine’s dataset could use, and df does not show it',
		applies: spaceLine,
		summary: ({zpool}) => `zfs ${zpool?.parentDataset ?? 'dataset'}: less than ${formatRatio(leastFreeRatio)} free`,
		meaning:
			'Layers are datasets of their own, which df of the engine’s root does not count. A full ZFS gets slow, and then even deleting fails.',
		advice: 'Remove what is not used: `docker image prune -a --filter until=240h`; then see `sudo zfs list -o space`.',
		source: 'moby daemon/graphdriver/zfs/zfs.go; the ratio is our choice',
		subject: ({zpool}) => zpool?.parentDataset ?? 'zfs',
	},
];

function healthLine({zpool}: StorageFacts, isMeant: (health: string) => boolean): StorageEvidence | null {
	if (zpool === null || zpool.health === null || !isMeant(zpool.health)) return null;
	return [`Zpool Health: ${zpool.health}`];
}

function spaceLine({zpool, engineRoot}: StorageFacts): StorageEvidence | null {
	if (zpool === null || zpool.usedBytes === null || zpool.availableBytes === null) return null;
	const usableBytes = zpool.usedBytes + zpool.availableBytes;
	if (usableBytes <= 0 || zpool.availableBytes / usableBytes >= leastFreeRatio) return null;
	if (engineRoot !== null && (usedRatio(engineRoot) ?? 0) >= filesystemSpeaksRatio) return null;
	return [
		`Space Available: ${formatBytes(zpool.availableBytes)}, Space Used By Parent: ${formatBytes(zpool.usedBytes)}`,
	];
}

function poolName({zpool}: StorageFacts): string {
	return zpool?.name ?? 'zpool';
}
