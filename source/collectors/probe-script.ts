/**
 * The program the probe runs on a host: plain POSIX `sh`, one line, safe inside single quotes under every login shell
 * (csh expands exclamation marks there, fish a doubled backslash), so it holds neither. It answers requests until the
 * end of its input and leaves nothing behind.
 */
import {probeName} from '../model/probe-protocol.ts';
import {countersSteps} from './counters-script.ts';

/** A tab and the section and end marks are made once, by builtins, because the line itself must stay printable. */
const preamble = [
	'LC_ALL=C',
	'PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin',
	'export LC_ALL PATH',
	'exec 2>/dev/null',
	'set -f',
	'T=$(printf "\\t")',
	's() { printf "\\035%s\\n" "$1"; }',
	// Prints a small file with builtins only; a file that cannot be opened or read prints nothing.
	'r() { [ -r "$1" ] && while IFS= read -r l || [ "$l" ]; do printf "%s\\n" "$l"; done <"$1"; }',
];

/** `/proc/meminfo` is read line by line, byte by byte: stopping early is most of what a sample costs. */
const vitals = [
	's loadavg; r /proc/loadavg',
	's meminfo; [ -r /proc/meminfo ] && while read -r k v u; do case $k in MemTotal:|MemFree:|MemAvailable:|SwapTotal:) printf "%s %s\\n" $k $v;; SwapFree:) printf "%s %s\\n" $k $v; break;; esac; done </proc/meminfo',
	's uptime; r /proc/uptime',
	'for p in cpu memory io; do s pressure-$p; r /proc/pressure/$p; done',
].join('; ');

const identity = [
	's uid; id -u </dev/null',
	's user; id -un </dev/null',
	's uname; uname -s; uname -r; uname -m',
	's hostname; if [ -r /proc/sys/kernel/hostname ]; then r /proc/sys/kernel/hostname; else uname -n; fi',
	's boot-id; r /proc/sys/kernel/random/boot_id',
	// BSD and macOS have no /proc; their kernel tells when it booted.
	's uptime; if [ -r /proc/uptime ]; then r /proc/uptime; else sysctl -n kern.boottime </dev/null; fi',
	's clock; date +%s',
	's os-release; if [ -r /etc/os-release ]; then r /etc/os-release; else r /usr/lib/os-release; fi',
	's cpus; grep -c ^processor /proc/cpuinfo || nproc || getconf _NPROCESSORS_ONLN',
];

const engineAccess = [
	's docker-host; printf "%s\\n" "$DOCKER_HOST"',
	's engine-sockets; U=$(id -u </dev/null); D=; case $DOCKER_HOST in unix://*) D=${DOCKER_HOST#unix://};; esac; for p in "$D" /var/run/docker.sock "/run/user/$U/docker.sock" /run/podman/podman.sock "/run/user/$U/podman/podman.sock" "$HOME/.docker/run/docker.sock"; do [ -S "$p" ] && { if [ -w "$p" ]; then printf "%s\\trw\\n" "$p"; else printf "%s\\t-\\n" "$p"; fi; }; done',
	's engine-programs; command -v docker; command -v podman',
	's sudo; if [ "$2" = never ]; then echo skipped; elif sudo -n true </dev/null >/dev/null; then echo yes; else echo no; fi',
];

const hello = [...identity, ...engineAccess].join('; ');

/**
 * A path that does not exist yet counts as its nearest existing parent, so that `df` prints one row per argument, in
 * order. Mounts of containers are left out: a busy host has thousands, each a kilobyte long.
 */
const filesystems = [
	'shift',
	'for p do shift; case $p in /*) ;; *) p=/;; esac; until [ -e "$p" ]; do p=${p%/*}; [ "$p" ] || p=/; done; set -- "$@" "$p"; done',
	's mounts; sed -e "/^nsfs /d" -e "/\\/merged overlay /d" -e "/\\/mounts\\/shm /d" -e "s/,lowerdir=[^ ]*//" /proc/mounts </dev/null || r /proc/mounts',
	's df; df -Pk -- "$@" </dev/null',
	's df-inodes; df -Pi -- "$@" </dev/null',
].join('; ');

const loop = `while IFS= read -r q; do IFS=$T; set -- $q; unset IFS; n=$1; case $n in hello) ${hello};; vitals) ${vitals};; filesystems) ${filesystems};; counters) ${countersSteps};; esac; printf "\\036%s\\n" "$n"; done`;

export const probeScript = [...preamble, loop].join('; ');

/** The command line that starts the probe under any login shell. */
export const probeCommand = `exec sh -c '${probeScript}' ${probeName}`;
