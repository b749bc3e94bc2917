/**
 * The words spoken between Sickbay and the `sh` it runs on a host.
 *
 * The probe is started as `exec sh -c '<script>' sickbay-probe`. It reads one request per line, `name argument…`
 * (name and arguments separated by one tab each), and answers with sections: `\x1D<section>\n<raw text>` each, then `\x1E<name>\n`.
 * It ends at the end of its input. A section whose source is missing on the host is left empty.
 *
 * The kernel log follower is started as `exec sh -c '<script>' sickbay-kernel-log <method>…` with the methods to try,
 * in order; its first line is `method <method> [<boot id> [<seconds since the epoch when it booted>]]` for the one that
 * worked, or `refused`; after it come raw lines.
 * The methods `kmsg`, `sudo-kmsg` and `journalctl` print lines as they are written. The others print only when asked: for
 * each line of input, a count, they print that many newest lines and then `\x1Edump\n`.
 *
 * What is left of earlier boots is read once by `sh -c '<script>' sickbay-boots <way>`, which prints sections as the probe does
 * and then `\x1Eboots\n`. Where a section holds files, a line `\x1C<seconds since the epoch>\t<path>` stands before each.
 */

/**
 * The disk programs are started as `exec sh -c '<script>' sickbay-disk <sudo policy> <question> <path>…`. `log-files` prints bytes
 * and path of each log file under the root named by the path; `root-directories` prints `dir PATH` lines, `du`, and what
 * `du -xk -d 1` prints; `layer-directories` prints `dir PATH` lines and `FILE:ID` lines of overlay2 and its layer database;
 * `measure` prints what `du -xks` prints for the paths.
 */
export const diskName = 'sickbay-disk';

export const probeName = 'sickbay-probe';
export const kernelLogName = 'sickbay-kernel-log';
export const bootsName = 'sickbay-boots';
export const fileMark = '\u001C';
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
		/** `/proc/uptime`; where there is none, `sysctl -n kern.boottime` */
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
	/**
	 * Arguments: absolute paths whose file systems are wanted, one row each; a missing path counts as its nearest parent.
	 * Asked in a channel of its own, because `df` can hang.
	 */
	filesystems: [
		/** `/proc/mounts`, possibly without the mounts of containers and without `lowerdir` options */
		'mounts',
		/** `df -Pk -- <paths>` */
		'df',
		/** `df -Pi -- <paths>` */
		'df-inodes',
	],
	/** Every minute; figures any account may read. */
	counters: [
		/** `/proc/sys/kernel/tainted` */
		'taint',
		/** `/sys/kernel/oops_count`, `warn_count` */
		'oops-count',
		'warn-count',
		/** the line `oom_kill` of `/proc/vmstat` */
		'oom-kill',
		/** one line per ext4 file system with errors: device, `errors_count`, `first_error_time`, `last_error_time`, tabs between */
		'ext4-errors',
		/** `/sys/devices/system/edac/mc/mc*`: path of `ce_count` or `ue_count`, a colon, the count */
		'memory-errors',
		/** path of each `md/degraded` that is not 0, a colon, the count */
		'degraded',
		/** `nf_conntrack_count`, `nf_conntrack_max` in two lines */
		'conntrack',
		/** one line per task of the engine in state D: id, `(command)`, wchan, voluntary context switches, tabs between */
		'blocked',
	],
} as const;

export type ProbeRequest = keyof typeof probeSections;
