/** What dockerd, containerd and systemd write when the engine cannot do its work. */
import type {KernelSignature} from '../signature.ts';

const engine = ['dockerd', 'docker', 'containerd', 'dockerd-current'];

export const engineLogSignatures: readonly KernelSignature[] = [
	{
		id: 'docker-overlay2-corrupt',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'The engine’s overlay2 layers are damaged',
		literals: [': invalid argument'],
		patterns: [/readlink \/\S{0,200}\/overlay2\S{0,200}: invalid argument/],
		identifiers: engine,
		via: 'overlay2',
		settlesAfterHours: 24,
		meaning:
			'Links between layers under overlay2/l are empty or gone, as happens when the host stops before its writes reached the disk.',
		advice: 'Remove the image concerned and pull it again; if many are, stop the engine and make the data root anew.',
		source: 'node-problem-detector config/docker-monitor.json CorruptDockerOverlay2; moby#35747, moby#42456',
		examples: [
			{
				text: 'returned error: readlink /var/lib/docker/overlay2: invalid argument',
				origin: 'node-problem-detector config/docker-monitor.json (shape)',
			},
		],
	},
	{
		id: 'docker-image-corrupt',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'An image layer was only half stored',
		literals: ['failed to register layer: rename '],
		patterns: [
			/failed to register layer: rename \S{0,200}\/image\/\S{1,200} \S{0,200}\/image\/\S{1,200}: directory not empty/,
		],
		identifiers: engine,
		settlesAfterHours: 24,
		meaning: 'What an interrupted pull left behind stands in the way of the next one.',
		advice: 'Restart the engine and pull again; if it stays, remove the directory that the message names last.',
		source: 'node-problem-detector config/docker-monitor.json CorruptDockerImage',
		examples: [
			{
				text: 'Error trying v2 registry: failed to register layer: rename /var/lib/docker/image/a /var/lib/docker/image/b: directory not empty',
				origin: 'node-problem-detector config/docker-monitor.json (shape)',
			},
		],
	},
	{
		id: 'docker-rootfs-busy',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'Container root filesystem still held by someone< ({subject})>',
		literals: ['evice or resource busy', 'evice is Busy', 'evice is busy', 'failed to remove root filesystem'],
		patterns: [
			/Driver (?<subject>(?<via>\w{1,20})) failed to remove root filesystem/,
			/error creating \w{1,20} mount to \S{0,200}\/(?<subject>(?<via>overlay2?))\/\S{0,200}: device or resource busy/,
			/(?:Error mounting|remove|rename|unlinkat) \S{0,200}\/(?<subject>(?<via>aufs|devicemapper|overlay2?|btrfs|zfs))\/.{0,300}device or resource busy/,
			/failed to remove root filesystem.{0,300}[Dd]evice (?:or resource|is) [Bb]usy/,
		],
		identifiers: engine,
		settlesAfterHours: 24,
		meaning:
			'Another process still sees the container’s mount, so it cannot be removed; the container stays as "Dead".',
		advice:
			'Find the holder: `grep -l ID /proc/[0-9]*/mountinfo`, restart that process, then remove the container again.',
		source: 'moby#36055, moby#27381, moby#34672; moby daemon/delete.go',
		examples: [
			{
				text: 'Driver devicemapper failed to remove root filesystem 0333: remove /var/lib/docker/devicemapper/mnt/6d29: device or resource busy',
				origin: 'moby#36055',
			},
			{
				text: 'error creating overlay mount to /var/lib/docker/overlay2/1f3e-init/merged: device or resource busy',
				origin: 'docker/for-linux#711 (shape)',
			},
		],
	},
	{
		id: 'docker-rootfs-missing',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'Storage driver {subject} could not produce a container’s files',
		literals: [' failed to create image rootfs', 'Error getting container '],
		patterns: [
			/Error getting container \S{1,80} from driver (?<subject>(?<via>\w{1,20}))/,
			/Driver (?<subject>(?<via>\w{1,20})) failed to create image rootfs/,
		],
		identifiers: engine,
		settlesAfterHours: 24,
		meaning: 'The device or directory of the container is missing or busy: a race with udev, or a damaged pool.',
		advice:
			'Check the pool (`docker info`, `dmsetup status`); on devicemapper use udev sync and deferred removal, or move to overlay2.',
		source: 'moby daemon/container_operations; moby#10944, moby#4036',
		examples: [
			{
				text: 'Driver devicemapper failed to create image rootfs 2d24f826cb16: device is busy',
				origin: 'moby#4036 (shape)',
			},
			{
				text: 'Error getting container f921a053a51d from driver devicemapper: open /dev/mapper/docker-202:16-262147-f921a053a51d: no such file or directory',
				origin: 'moby#10944',
			},
		],
	},
	{
		id: 'docker-no-space',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'The engine cannot write: no space left< (at {path})>',
		literals: ['no space left on device'],
		patterns: [/(?:^|[\s"'=])(?<path>\/[^\s:"']{1,200}): no space left on device/, /no space left on device/],
		vetoes: [/\/sys\/fs\/cgroup\//],
		identifiers: engine,
		settlesAfterHours: 24,
		meaning: 'Either the bytes or the inodes of the filesystem are used up, or a thin pool or limit below it.',
		advice: 'Look at both, `df -h` and `df -i` of the data root; then `docker system df` and `docker system prune`.',
		source: 'errno ENOSPC as Go prints it; docker/for-linux#214 (inodes), moby#37077',
		examples: [{text: 'mkdir /var/run/docker/libcontainerd/: no space left on device', origin: 'docker/for-linux#214'}],
	},
	{
		id: 'docker-unit-failed',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'The {subject} service failed',
		literals: ['Docker Application Container Engine', 'docker.service', 'containerd.service'],
		patterns: [
			/Failed to start (?:docker\.service - )?(?<subject>Docker) Application Container Engine/,
			/(?<subject>docker|containerd)\.service: (?:[Mm]ain process exited, code=(?:exited|killed|dumped)|Failed with result|Start request repeated too quickly)/,
			/Unit (?<subject>docker|containerd)\.service entered failed state/,
		],
		vetoes: [/code=exited, status=0\//],
		identifiers: ['systemd'],
		settlesAfterHours: 24,
		meaning: 'The engine ended by itself or could not start. Containers may run on, but nobody looks after them.',
		advice:
			'Read the reason: `journalctl -u docker -u containerd -b -n 100`; then mend the configuration or storage it names.',
		source: 'systemd src/core/service.c; marklister/overlayRoot#4',
		examples: [
			{text: 'Unit docker.service entered failed state.', origin: 'systemd 219 (format)'},
			{text: "docker.service: Failed with result 'exit-code'.", origin: 'marklister/overlayRoot#4'},
			{text: 'docker.service: Main process exited, code=exited, status=1/FAILURE', origin: 'systemd (format)'},
			{text: 'Failed to start docker.service - Docker Application Container Engine.', origin: 'systemd 252 (format)'},
		],
	},
	{
		id: 'docker-oci-dead',
		severity: 'warning',
		category: 'docker-daemon',
		title: 'A container died before it began',
		literals: ['container process is already dead'],
		patterns: [/OCI runtime (?:start|create) failed: container process is already dead/],
		identifiers: engine,
		settlesAfterHours: 24,
		meaning:
			'The runtime’s first process ended before the program was started, mostly by a limit on memory or processes.',
		advice: 'Look for a kill for memory at that second, and at --memory and --pids-limit of the container.',
		source: 'node-problem-detector config/docker-monitor.json DockerContainerStartupFailure',
		examples: [
			{
				text: 'OCI runtime start failed: container process is already dead: unknown',
				origin: 'node-problem-detector config/docker-monitor.json (shape)',
			},
		],
	},
	{
		id: 'docker-cgroup-enomem',
		severity: 'critical',
		category: 'docker-daemon',
		title: 'No more memory control groups: containers cannot start',
		literals: ['/sys/fs/cgroup/memory/'],
		patterns: [/mkdir \/sys\/fs\/cgroup\/memory\/\S{1,300}: (?:cannot allocate memory|no space left on device)/],
		identifiers: engine,
		settlesAfterHours: null,
		meaning: 'Removed containers left their control groups behind in the kernel (3.10 does so) until no new one fits.',
		advice: 'A reboot frees them. To stay free: boot with cgroup.memory=nokmem, or kernel-3.10.0-1075 and later.',
		source: 'docker/for-linux#841; linux kernel/cgroup mem_cgroup_css_alloc',
		examples: [
			{text: 'mkdir /sys/fs/cgroup/memory/docker/abc: cannot allocate memory', origin: 'docker/for-linux#841 (shape)'},
		],
	},
];
