/** What the engine says about its storage driver. */
import type {KernelSignature} from '../signature.ts';

const engine = ['dockerd', 'docker', 'containerd', 'dockerd-current'];

export const engineStorageDriverSignatures: readonly KernelSignature[] = [
	{
		id: 'docker-thinpool-min',
		severity: 'critical',
		category: 'storage-driver',
		title: 'Thin pool too full for new containers ({detail} blocks)',
		literals: [' blocks which is less than minimum required'],
		patterns: [/Thin Pool has \d+ free (?<detail>data|metadata) blocks which is less than minimum required/],
		identifiers: engine,
		via: 'devicemapper',
		settlesAfterHours: 24,
		meaning: 'devicemapper keeps a reserve (dm.min_free_space, a tenth) and refuses new layers below it.',
		advice: 'Remove what is not used (`docker system prune`) or enlarge the pool with `lvextend`.',
		source: 'moby v18.09.0 daemon/graphdriver/devmapper/deviceset.go',
		examples: [
			{
				text: 'devmapper: Thin Pool has 1000 free data blocks which is less than minimum required 16384 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior',
				origin: 'moby v18.09.0 deviceset.go (format)',
			},
		],
	},
	{
		id: 'docker-loopback',
		severity: 'warning',
		category: 'storage-driver',
		title: 'devicemapper runs on loop files',
		literals: ['sage of loopback devices is strongly discouraged'],
		patterns: [/[Uu]sage of loopback devices is strongly discouraged/],
		identifiers: engine,
		via: 'devicemapper',
		settlesAfterHours: null,
		meaning:
			'Containers live in two large sparse files. That is slow, and loses data when the disk around them fills up.',
		advice: 'Move to overlay2: save what matters, set "storage-driver": "overlay2" in daemon.json, pull again.',
		source: 'moby daemon/info_unix.go fillDriverWarnings; moby#27381',
		examples: [
			{text: 'devmapper: Usage of loopback devices is strongly discouraged for production use.', origin: 'moby#27381'},
		],
	},
	{
		id: 'docker-udev-sync',
		severity: 'critical',
		category: 'storage-driver',
		title: 'devicemapper works without waiting for udev',
		literals: ['Udev sync is not supported'],
		patterns: [/Udev sync is not supported/],
		identifiers: engine,
		via: 'devicemapper',
		settlesAfterHours: null,
		meaning:
			'Engine and udev race for each device, and containers can lose data. A statically linked engine or an old libdevmapper is the reason.',
		advice: 'Install the engine from the packages of the distribution or of Docker, or move to overlay2.',
		source: 'moby v18.09.0 daemon/graphdriver/devmapper/deviceset.go',
		examples: [
			{
				text: 'Udev sync is not supported. This will lead to data loss and unexpected behavior.',
				origin: 'moby v18.09.0 deviceset.go (format)',
			},
		],
	},
	{
		id: 'docker-driver-removed',
		severity: 'critical',
		category: 'storage-driver',
		title: 'This engine no longer has the storage driver {subject}',
		literals: [' storage-driver has been deprecated and removed'],
		patterns: [/the (?<subject>(?<via>aufs|devicemapper|overlay)) storage-driver has been deprecated and removed/],
		identifiers: engine,
		settlesAfterHours: null,
		meaning:
			'The upgrade went beyond the last version with that driver, so the engine does not start and its containers are out of sight.',
		advice: 'Install the previous engine, save images and volumes (`docker save`), change to overlay2, upgrade again.',
		source: 'moby daemon/graphdriver/driver.go checkRemoved',
		examples: [
			{
				text: '[graphdriver] ERROR: the aufs storage-driver has been deprecated and removed; visit https://docs.docker.com/go/storage-driver/ for more information',
				origin: 'moby daemon/graphdriver/driver.go (format)',
			},
		],
	},
	{
		id: 'docker-driver-prior-failed',
		severity: 'critical',
		category: 'storage-driver',
		title: 'The engine cannot use its storage driver< {subject}>',
		literals: [
			'[graphdriver] prior storage driver ',
			'contains several valid graphdrivers',
			'GetDriver graph ',
			'no supported storage driver found',
			'error initializing graphdriver',
		],
		patterns: [
			/\[graphdriver\] prior storage driver (?<subject>(?<via>\w{1,20})) failed/,
			/Failed to (?:built-in )?GetDriver graph (?<subject>(?<via>\w{1,20}))/,
			/contains several valid graphdrivers|no supported storage driver found|error initializing graphdriver/,
		],
		identifiers: engine,
		settlesAfterHours: null,
		meaning:
			'The driver that owns the existing data does not work here now: its kernel module is missing, or the filesystem below changed.',
		advice: 'Load the module (`modprobe overlay`), or boot the previous kernel; then name the driver in daemon.json.',
		source: 'moby daemon/graphdriver/driver.go New; coreos/bugs#2127, coreos/bugs#1389',
		examples: [
			{text: 'Failed to built-in GetDriver graph aufs /var/lib/docker', origin: 'coreos/bugs#2127'},
			{text: 'error initializing graphdriver: driver not supported', origin: 'coreos/bugs#1389'},
			{
				text: '[graphdriver] prior storage driver aufs failed: driver not supported',
				origin: 'moby daemon/graphdriver/driver.go (format)',
			},
		],
	},
	{
		id: 'docker-dtype',
		severity: 'critical',
		category: 'storage-driver',
		title: 'The data root has no d_type< ({filesystem})>',
		literals: ['is formatted without d_type support', 'does not support d_type'],
		patterns: [
			/the backing (?<filesystem>\w{1,20}) filesystem is formatted without d_type support/,
			/does not support d_type/,
		],
		identifiers: engine,
		via: 'overlay2',
		settlesAfterHours: null,
		meaning:
			'overlay needs d_type from the filesystem below. Older engines only warn and misbehave, Engine 23 and later do not start.',
		advice: 'Make the filesystem of the data root anew: `mkfs.xfs -n ftype=1`, or use ext4.',
		source: 'moby daemon/graphdriver/overlayutils; docker/for-linux#196, docker/for-linux#419',
		examples: [
			{
				text: 'overlay: the backing filesystem does not support d_type, which leads to incorrect behavior',
				origin: 'moby v17 daemon/graphdriver/overlay (shape)',
			},
			{
				text: 'overlay2: the backing xfs filesystem is formatted without d_type support, which leads to incorrect behavior. Reformat the filesystem with ftype=1 to enable d_type support.',
				origin: 'docker/for-linux#196',
			},
		],
	},
];
