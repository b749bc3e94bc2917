/**
 * The words spoken between Sickbay and the `sh` it runs on a host.
 *
 * The probe is started as `exec sh -c '<script>' sickbay-probe`. It reads one request per line, `name argument…`
 * (arguments separated by one tab), and answers with sections: `\x1D<section>\n<raw text>` each, then `\x1E<name>\n`.
 * It ends at the end of its input. A section whose source is missing on the host is left empty.
 *
 * The kernel log follower is started as `exec sh -c '<script>' sickbay-kernel-log <method>…` with the methods to try,
 * in order; its first line is `method <method>` for the one that worked, or `refused`; after it come raw lines.
 */

export const probeName = 'sickbay-probe';
export const kernelLogName = 'sickbay-kernel-log';
export const sectionMark = '\u001D';
export const endMark = '\u001E';

/** Requests and the sections of their answers; the raw text of each is what the named file or command prints. */
export const probeSections = {
	/** Once per connection. */
	hello: [
		/** `id -u` */
		'uid',
		/** `id -un` */
		'user',
		/** `uname -s`, `-r`, `-m` in three lines */
		'uname',
		/** `/proc/sys/kernel/hostname` or `uname -n` */
		'hostname',
		/** `/proc/sys/kernel/random/boot_id` */
		'boot-id',
		/** `/proc/uptime` */
		'uptime',
		/** `date +%s` */
		'clock',
		/** `/etc/os-release` or `/usr/lib/os-release` */
		'os-release',
		/** count of `processor` lines in `/proc/cpuinfo`, or `nproc` */
		'cpus',
		/** `$DOCKER_HOST` */
		'docker-host',
		/** one line per socket that exists: path, tab, `rw` if it may be connected to, else `-` */
		'engine-sockets',
		/** `command -v docker`, `command -v podman`, those found, one per line */
		'engine-programs',
		/** `yes` if `sudo -n true` works, else `no`; `skipped` when not to be tried */
		'sudo',
	],
	/** Every few seconds; shell builtins only. */
	vitals: [
		/** `/proc/loadavg` */
		'loadavg',
		/** `/proc/meminfo`, the lines wanted */
		'meminfo',
		/** `/proc/uptime` */
		'uptime',
		/** `/proc/pressure/cpu`, `memory`, `io` */
		'pressure-cpu',
		'pressure-memory',
		'pressure-io',
	],
	/** Arguments: paths whose file systems are wanted. Asked in a channel of its own, because `df` can hang. */
	filesystems: [
		/** `/proc/mounts` */
		'mounts',
		/** `df -Pk -- <paths>` */
		'df',
		/** `df -Pi -- <paths>` */
		'df-inodes',
	],
} as const;

export type ProbeRequest = keyof typeof probeSections;
