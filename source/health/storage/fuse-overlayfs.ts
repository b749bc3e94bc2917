/** fuse-overlayfs, the way of rootless engines before the kernel had one. */
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const withRootlessOverlay = parseVersionRange('>=5.11');

export const fuseOverlayfsRules: readonly StorageRule[] = [
	{
		id: 'fuse-overlayfs-not-needed',
		drivers: ['fuse-overlayfs', 'containerd/fuse-overlayfs'],
		severity: 'notice',
		when: 'Linux 5.11 or later',
		applies: ({kernel}) => speaksIf(isWithin(kernel?.version, withRootlessOverlay)),
		summary: 'fuse-overlayfs: this kernel has overlays for rootless engines itself',
		meaning:
			'Every file access goes through a program outside the kernel, which is slower than overlay2; Linux 5.11 and later do not need that.',
		advice:
			'Move to overlay2 when convenient: save what is only local (`docker save`), set "storage-driver": "overlay2" in ~/.config/docker/daemon.json, pull again.',
		source: 'Docker manual, rootless mode',
	},
];
