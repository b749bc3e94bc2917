/** Being written. */
import type {KernelSignature} from '../signature.ts';

export const engineLogSignatures: readonly KernelSignature[] = [
	{
		id: 'docker-overlay2-corrupt',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'docker overlay2 corrupt[ {subject}][ {detail}]',
		literals: [': invalid argument'],
		patterns: [/readlink \/\S*\/overlay2\S*: invalid argument/],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [{text: 'returned error: readlink /var/lib/docker/overlay2: invalid argument', origin: ''}],
	},
	{
		id: 'docker-image-corrupt',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'docker image corrupt[ {subject}][ {detail}]',
		literals: ['failed to register layer: rename '],
		patterns: [/failed to register layer: rename \S*\/image\/\S+ \S*\/image\/\S+: directory not empty/],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'Error trying v2 registry: failed to register layer: rename /var/lib/docker/image/a /var/lib/docker/image/b: directory not empty',
				origin: '',
			},
		],
	},
	{
		id: 'docker-rootfs-busy',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'docker rootfs busy[ {subject}][ {detail}]',
		literals: ['device or resource busy', 'error creating overlay mount to ', 'failed to remove root filesystem'],
		patterns: [
			/failed to remove root filesystem.*(?:device or resource busy|[Dd]evice is [Bb]usy)|(?:Error mounting|remove|rename|unlinkat) \S*\/(?:aufs|devicemapper|overlay2?)\/\S*.*device or resource busy|error creating overlay mount to \S+: device or resource busy/,
		],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'Driver devicemapper failed to remove root filesystem 0333: remove /var/lib/docker/devicemapper/mnt/6d29: device or resource busy',
				origin: '',
			},
		],
	},
	{
		id: 'docker-rootfs-missing',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'docker rootfs missing[ {subject}][ {detail}]',
		literals: [' failed to create image rootfs', 'Error getting container '],
		patterns: [
			/Error getting container \S+ from driver (?<subject>\w+)|Driver (?<detail>\w+) failed to create image rootfs/,
		],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [
			{
				text: 'Error getting container f921a053a51d from driver devicemapper: open /dev/mapper/docker-202:16-262147-f921a053a51d: no such file or directory',
				origin: '',
			},
		],
	},
	{
		id: 'docker-no-space',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'docker no space[ {subject}][ {detail}]',
		literals: ['no space left on device'],
		patterns: [/no space left on device/],
		identifiers: ['dockerd', 'docker', 'containerd'],
		settlesAfterHours: 24,
		meaning: '',
		advice: '',
		source: '',
		examples: [{text: 'mkdir /var/run/docker/libcontainerd/: no space left on device', origin: ''}],
	},
];
