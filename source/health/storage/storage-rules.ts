/** All rules about storage, in the order their findings are found; rows with one id stand worst first. */
import {anyDriverRules} from './any-driver.ts';
import {aufsRules} from './aufs.ts';
import {btrfsRules} from './btrfs.ts';
import {containerdRules} from './containerd.ts';
import {devicemapperRules} from './devicemapper.ts';
import {engineAndKernelRules} from './engine-and-kernel.ts';
import {fuseOverlayfsRules} from './fuse-overlayfs.ts';
import {overlayRules} from './overlay.ts';
import {overlay2Rules} from './overlay2.ts';
import {removedAndDeprecatedRules} from './removed-and-deprecated.ts';
import type {StorageRule} from './storage-rule.ts';
import {vfsRules} from './vfs.ts';
import {zfsRules} from './zfs.ts';

export const storageRuleGroups: Readonly<Record<string, readonly StorageRule[]>> = {
	'Removed and deprecated drivers': removedAndDeprecatedRules,
	aufs: aufsRules,
	'overlay, and overlay2 with it': overlayRules,
	overlay2: overlay2Rules,
	devicemapper: devicemapperRules,
	btrfs: btrfsRules,
	zfs: zfsRules,
	vfs: vfsRules,
	'fuse-overlayfs': fuseOverlayfsRules,
	'The containerd image store': containerdRules,
	'Whatever the driver': anyDriverRules,
	'Engine and kernel': engineAndKernelRules,
};

export const storageRules: readonly StorageRule[] = Object.values(storageRuleGroups).flat();

export const storageRuleIds: ReadonlySet<string> = new Set(storageRules.map(({id}) => id));
