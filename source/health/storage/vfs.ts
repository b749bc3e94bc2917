/** vfs, which copies. */
import type {StorageRule} from './storage-rule.ts';

export const vfsRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-copies',
		drivers: ['vfs'],
		severity: 'warning',
		when: 'always',
		applies: () => [],
		summary: 'storage driver vfs copies every layer',
		meaning:
			'vfs is for tests: each image layer and container is a full copy, so the disk fills many times faster. An engine falls back to it when the kernel offers nothing better.',
		advice: 'Find out why overlay2 was not chosen (`journalctl -u docker | grep -i overlay`), then move to it.',
		source: 'Docker manual, vfs driver; moby daemon/graphdriver driver_linux.go, order of drivers',
	},
];
