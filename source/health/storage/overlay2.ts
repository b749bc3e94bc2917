/** overlay2, today’s driver: the kernels, engines and file systems it does not get on with. */
import {isEl7} from './kernel-release.ts';
import type {StorageFacts} from './storage-facts.ts';
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const withoutTrial = parseVersionRange('<25');
const withManyLowers = parseVersionRange('>=4');
const checkedByVersion = parseVersionRange('>=1.12 <18');
const btrfsWithOverlay = parseVersionRange('>=4.7');
const strictAboutUse = parseVersionRange('>=5.2');
const mountsInUse = parseVersionRange('<18.9.9 || >=19.3 <19.3.3');
const linux419And420 = parseVersionRange('>=4.19 <4.21');

/** In the engine’s words, and in those of the mount table. */
const unfitBelow: ReadonlySet<string> = new Set(['aufs', 'ecryptfs', 'nfs', 'nfs4', 'overlay', 'overlayfs', 'zfs']);
const documentedBelow: ReadonlySet<string> = new Set(['extfs', 'ext2', 'ext3', 'ext4', 'xfs', 'btrfs']);
/** Fine in practice: not worth a word. */
const acceptedBelow: ReadonlySet<string> = new Set(['tmpfs', 'f2fs']);

const moveRoot =
	'Put the engine’s root on ext4, or on XFS with ftype=1: stop the engine, set "data-root" in /etc/docker/daemon.json, start it, pull the images again.';

export const overlay2Rules: readonly StorageRule[] = [
	{
		id: 'overlay2-kernel-too-old',
		drivers: ['overlay2'],
		severity: 'critical',
		when: 'Linux before 4.0, except RHEL 7’s 3.10.0-514 and later, with Engine 1.12 to 17.x (later ones try it out themselves)',
		applies: ({kernel, engine}) =>
			speaksIf(
				kernel !== null &&
					!isWithin(kernel.version, withManyLowers) &&
					!(isEl7(kernel) && (kernel.build[0] ?? 0) >= 514) &&
					isWithin(engine.version, checkedByVersion),
			),
		summary: ({kernel}) => `overlay2 on Linux ${kernel?.text ?? ''}: too old for it`,
		meaning:
			'overlay2 stacks many layers in one mount, which Linux learned in 4.0. Someone told the engine to skip its check; mounts fail or show wrong contents.',
		advice:
			'Upgrade to Linux 4.0 or later (RHEL 7: 3.10.0-514), and take overlay2.override_kernel_check out of daemon.json.',
		source: 'moby v1.12 to v17.12 daemon/graphdriver/overlay2/overlay.go',
	},
	{
		id: 'overlay2-backing-filesystem',
		drivers: ['overlay2'],
		severity: 'critical',
		when: 'on aufs, ecryptfs, NFS, overlay or ZFS with an engine before 25.0 (later ones try out what they need)',
		applies: ({backingFilesystem, engine}) =>
			isWithin(engine.version, withoutTrial) ? backingLine(backingFilesystem, (name) => unfitBelow.has(name)) : null,
		summary: ({backingFilesystem}) => `overlay2 on ${backingFilesystem ?? ''}: not made for it`,
		meaning:
			'This file system lacks what overlays need for deleting and renaming: deleted files come back, and builds break. Engines before 20.10 refuse it.',
		advice: moveRoot,
		source: 'moby#10315, #35483, #40210, #45890; linux Documentation/filesystems/overlayfs.rst',
	},
	{
		id: 'overlay2-backing-filesystem',
		drivers: ['overlay2'],
		severity: 'critical',
		when: 'on btrfs with Linux before 4.7 (SUSE’s kernels are not judged by version)',
		applies: ({backingFilesystem, kernel}) =>
			kernel === null || kernel.vendor === 'suse' || isWithin(kernel.version, btrfsWithOverlay)
				? null
				: backingLine(backingFilesystem, (name) => name === 'btrfs'),
		summary: 'overlay2 on btrfs: this kernel cannot do both',
		meaning: 'btrfs learned to carry overlays in Linux 4.7; before, mounts fail or show stale files.',
		advice: 'Upgrade to Linux 4.7 or later, or put the engine’s root on ext4 or XFS with ftype=1.',
		source: 'moby#33281',
	},
	{
		id: 'overlay2-backing-filesystem',
		drivers: ['overlay2'],
		severity: 'notice',
		when: 'on a file system Docker’s manual does not name (ext4, XFS and btrfs it does)',
		applies: ({backingFilesystem}) =>
			backingLine(backingFilesystem, (name) => !documentedBelow.has(name) && !acceptedBelow.has(name)),
		summary: ({backingFilesystem}) => `overlay2 on ${backingFilesystem ?? ''}: not among the file systems Docker names`,
		meaning: 'It may work well; few run it so, and troubles with it are known to few.',
		advice: moveRoot,
		source: 'Docker manual, select a storage driver',
	},
	{
		id: 'overlay2-mounts-in-use',
		drivers: ['overlay2'],
		severity: 'warning',
		when: 'Linux 5.2 or later with an engine before 18.09.9 or 19.03.0 to 19.03.2',
		applies: ({kernel, engine}) =>
			speaksIf(isWithin(kernel?.version, strictAboutUse) && isWithin(engine.version, mountsInUse)),
		summary: ({engine}) => `overlay2: Engine ${engine.text} mounts layers in a way this kernel refuses`,
		meaning:
			'Newer kernels refuse a directory that is upper and lower at once: builds and starts fail with "device or resource busy".',
		advice: 'Upgrade the engine to 18.09.9, 19.03.3 or later.',
		source: 'docker/for-linux#711; moby#39475, #38968, #39780',
	},
	{
		id: 'overlay2-on-early-nixos-4-19',
		drivers: ['overlay2'],
		severity: 'warning',
		when: 'NixOS with Linux 4.19 or 4.20',
		applies: ({kernel, os}) => speaksIf(os?.id === 'nixos' && isWithin(kernel?.version, linux419And420)),
		summary: ({kernel}) => `overlay2 on NixOS with Linux ${kernel?.text ?? ''}: broken mounts reported`,
		meaning: 'For a while NixOS patched overlays in these kernels so that containers did not see their files.',
		advice: 'Upgrade NixOS to a kernel after 4.20: `sudo nixos-rebuild switch --upgrade`, then reboot.',
		source: 'NixOS/nixpkgs#54509',
	},
	{
		id: 'overlay2-without-native-diff',
		drivers: ['overlay2'],
		severity: 'notice',
		when: '`Native Overlay Diff: false`',
		applies: ({nativeDiff}) => (nativeDiff === false ? ['Native Overlay Diff: false'] : null),
		summary: 'overlay2 compares layers the slow way',
		meaning:
			'The kernel redirects directories or copies only metadata (or is older than 4.8), so the engine compares whole trees: builds and commits are slower. No data is at risk.',
		advice:
			'If builds matter here: `echo "options overlay redirect_dir=off metacopy=off" | sudo tee /etc/modprobe.d/overlay.conf`, then reboot.',
		source: 'moby daemon/graphdriver/overlay2/check.go doesSupportNativeDiff',
	},
];

/** Unknown is not judged. */
function backingLine(
	name: StorageFacts['backingFilesystem'],
	isMeant: (name: string) => boolean,
): readonly string[] | null {
	return name !== null && isMeant(name) ? [`Backing Filesystem: ${name}`] : null;
}
