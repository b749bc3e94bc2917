/** The containerd image store: its snapshotters, and where its images lie. */
import {formatRatio} from '../../support/format.ts';
import {usedRatio} from '../filesystem-usage.ts';
import type {StorageFacts} from './storage-facts.ts';
import type {StorageEvidence, StorageRule} from './storage-rule.ts';

/** Our choice: an image is kept packed and unpacked, so that a pull needs more room than its size. */
const littleRoomRatio = 0.75;
/** From here on the file system’s own finding speaks. */
const filesystemSpeaksRatio = 0.85;

export const containerdRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-copies',
		drivers: ['containerd/native'],
		severity: 'warning',
		when: 'always',
		applies: () => [],
		summary: 'snapshotter native copies every layer',
		meaning: 'Each snapshot is a full copy of the one below, so the disk fills many times faster than with overlayfs.',
		advice:
			'Take "storage-driver": "native" out of /etc/docker/daemon.json and restart the engine: overlayfs is the default.',
		source: 'containerd docs/snapshotters',
	},
	{
		id: 'containerd-root-has-little-room',
		drivers: ['containerd/*'],
		severity: 'notice',
		when: 'containerd’s root lies on a file system of its own that is 75 % full (from 85 % on, the file system itself is warned of)',
		applies: roomLine,
		summary: ({containerdRoot}) =>
			`images lie under containerd’s root ${containerdRoot?.mountPoint ?? ''}, which has little room`,
		meaning:
			'With the containerd image store, images lie under containerd’s root and not under the engine’s, each packed and unpacked: a pull takes more than the size it names.',
		advice:
			'See `df -h /var/lib/containerd` and `docker system df`; remove what is not used: `docker image prune -a --filter until=240h`.',
		source: 'Docker manual, containerd image store; the ratio is our choice',
		subject: ({containerdRoot}) => containerdRoot?.mountPoint ?? 'containerd',
	},
];

function roomLine({containerdRoot, engineRoot}: StorageFacts): StorageEvidence | null {
	if (containerdRoot === null || engineRoot === null || containerdRoot.mountPoint === engineRoot.mountPoint)
		return null;
	const ratio = usedRatio(containerdRoot);
	if (ratio === null || ratio < littleRoomRatio || ratio >= filesystemSpeaksRatio) return null;
	return [`${containerdRoot.mountPoint}: ${formatRatio(ratio)} full`];
}
