/** overlay, the first driver on overlay file systems, and what holds for overlay and overlay2 alike. */
import {isEl7} from './kernel-release.ts';
import type {StorageFacts} from './storage-facts.ts';
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const both = ['overlay', 'overlay2'];
const refusingDType = parseVersionRange('>=17.12');
const withSockets = parseVersionRange('>=4.7');
const ubuntu44 = parseVersionRange('>=4.4 <4.5');
const refusingMounts = parseVersionRange('>=4.6 <4.10');

const reformat =
	'Move the engine’s root to XFS formatted with `-n ftype=1`, or to ext4; check with `xfs_info /var/lib/docker | grep ftype`.';
const noDType =
	'The backing file system does not tell file types (XFS with ftype=0): deleted files come back, builds break, and Engine 23.0 and later do not start.';

export const overlayRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-known-to-panic',
		drivers: ['overlay'],
		severity: 'critical',
		when: 'RHEL 7.1 and 7.2 kernels (3.10.0-229, 3.10.0-327)',
		applies: ({kernel}) => speaksIf(isEl7(kernel) && [229, 327].includes(kernel.build[0] ?? 0)),
		summary: 'overlay on RHEL 7.1/7.2: known to panic',
		meaning:
			'The first backports of overlay fail to mount (3.10.0-229) or trip over a kernel BUG in fs/dcache.c (3.10.0-327); unix sockets that come with an image cannot be connected either.',
		advice:
			'Upgrade to kernel 3.10.0-514 (RHEL 7.3) or later and move to overlay2: `sudo yum update kernel`, then reboot.',
		source: 'moby#12488, moby#12080; singularity#228',
	},
	{
		id: 'overlay-unix-sockets',
		drivers: ['overlay'],
		severity: 'warning',
		when: 'Linux before 4.7; Ubuntu 4.4 before 4.4.0-35. Red Hat’s and SUSE’s kernels are not judged by version',
		applies: ({kernel}) => speaksIf(kernel !== null && lacksSockets(kernel)),
		summary: 'overlay on this kernel: sockets from images cannot be connected',
		meaning:
			'A unix socket that was created in an image’s layer looks there but refuses connections: programs fail that run well elsewhere.',
		advice: 'Upgrade the kernel to 4.7 or later (Ubuntu 16.04: 4.4.0-35), and move to overlay2.',
		source: 'moby#12080',
	},
	{
		id: 'storage-driver-without-d-type',
		drivers: both,
		severity: 'critical',
		when: '`Supports d_type: false`, Engine 17.12 or later or of unknown version',
		applies: (facts) =>
			lacksDType(facts, facts.engine.version === null || isWithin(facts.engine.version, refusingDType)),
		summary: ({driver}) => `${driver} on a file system without d_type`,
		meaning: noDType,
		advice: reformat,
		source: 'docker/cli docs/deprecated.md; moby#27358, #15314, #29873',
	},
	{
		id: 'storage-driver-without-d-type',
		drivers: both,
		severity: 'critical',
		when: '`Supports d_type: false`, Linux 4.6 to 4.9, which refuse such mounts',
		applies: (facts) => lacksDType(facts, isWithin(facts.kernel?.version, refusingMounts)),
		summary: ({driver}) => `${driver} without d_type: this kernel refuses to mount it`,
		meaning: `Linux 4.6 to 4.9 do not mount overlays on such a file system: containers fail to start. ${noDType}`,
		advice: reformat,
		source: 'moby#22937, #10294',
	},
	{
		id: 'storage-driver-without-d-type',
		drivers: both,
		severity: 'warning',
		when: '`Supports d_type: false`, Engine 1.13 to 17.11',
		applies: (facts) => lacksDType(facts, true),
		summary: ({driver}) => `${driver} on a file system without d_type`,
		meaning: noDType,
		advice: reformat,
		source: 'docker/cli docs/deprecated.md; moby#27358, #15314',
	},
];

/** Only what the engine says is known: one before 1.13 does not say. */
function lacksDType({supportsDType, backingFilesystem}: StorageFacts, condition: boolean): readonly string[] | null {
	if (supportsDType !== false || !condition) return null;
	return [`Backing Filesystem: ${backingFilesystem ?? 'not said'}`, 'Supports d_type: false'];
}

function lacksSockets(kernel: NonNullable<StorageFacts['kernel']>): boolean {
	if (kernel.vendor === 'red-hat' || kernel.vendor === 'suse') return false;
	if (kernel.vendor === 'ubuntu' && isWithin(kernel.version, ubuntu44)) return (kernel.build[0] ?? 35) < 35;
	return !isWithin(kernel.version, withSockets);
}
