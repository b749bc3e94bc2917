/** The btrfs driver. What it fails with mostly shows in the kernel log, not in its status. */
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const young = parseVersionRange('<3.18');

export const btrfsRules: readonly StorageRule[] = [
	{
		id: 'btrfs-kernel-too-old',
		drivers: ['btrfs'],
		severity: 'warning',
		when: 'Linux before 3.18 (Red Hat’s and SUSE’s kernels are not judged by version)',
		applies: ({kernel}) =>
			speaksIf(kernel?.vendor !== 'red-hat' && kernel?.vendor !== 'suse' && isWithin(kernel?.version, young)),
		summary: ({kernel}) => `btrfs on Linux ${kernel?.text ?? ''}: too young to rely on`,
		meaning:
			'Before Linux 3.18, btrfs deadlocked under the many snapshots the engine makes, and ran out of space while df still showed room.',
		advice:
			'Upgrade the kernel; until then watch `sudo btrfs filesystem usage /var/lib/docker` and balance it, or move to overlay2.',
		source: 'moby#8354, #27653, #33226',
	},
];
