/**
 * What the probe runs for `counters`: figures the kernel lets everybody read. Each file system, array and memory
 * controller is looked at by one `grep` over all of them, because a host has thousands of them with some storage drivers,
 * and processes by their `stat` files, which never wait for a process's memory as the files do that `ps` reads. It holds no single quote
 * and no exclamation mark, see `probe-script.ts`.
 */

/** Programs of the engine whose stuck processes are looked for: Docker, containerd, their shims, Podman's. */
const enginePrograms = '(docker|containerd|runc|crun|conmon|podman|umount.aufs)[^)]*';

/** The threads of the two that hang most are read one by one: their first thread mostly sleeps. */
const daemons = '(dockerd|containerd)';

const processes = `cat /proc/[0-9]*/stat | grep -E "^[0-9]+ \\((${enginePrograms}\\) D|${daemons}\\) )" | cut -d " " -f 1-3 | head -n 40`;

const threads = 'cat /proc/$p/task/[0-9]*/stat | grep -E "^[0-9]+ [^ ]+ D" | cut -d " " -f 1-3 | head -n 8';

/** One line per task in state D: id, command, function it waits in, context switches. */
const describeTask =
	'b() { w=; x=; read -r w <"/proc/$1/wchan"; x=$(grep ^voluntary_ctxt_switches "/proc/$1/status"); printf "%s\\t%s\\t%s\\t%s\\n" "$1" "$2" "$w" "${x##*$T}"; }';

const ext4 =
	'grep "[1-9]" /dev/null /sys/fs/ext4/*/errors_count | head -n 20 | while IFS=: read -r f v; do d=${f%/*}; a=; z=; read -r a <"$d/first_error_time"; read -r z <"$d/last_error_time"; printf "%s\\t%s\\t%s\\t%s\\n" "${d##*/}" "$v" "$a" "$z"; done';

export const countersSteps = [
	's taint; r /proc/sys/kernel/tainted',
	's oops-count; r /sys/kernel/oops_count',
	's warn-count; r /sys/kernel/warn_count',
	's oom-kill; grep "^oom_kill " /proc/vmstat </dev/null',
	'set +f',
	describeTask,
	`s ext4-errors; ${ext4}`,
	's memory-errors; grep "[0-9]" /dev/null /sys/devices/system/edac/mc/mc*/[cu]e_count | head -n 64',
	's degraded; grep "[1-9]" /dev/null /sys/block/md*/md/degraded | head -n 20',
	's conntrack; r /proc/sys/net/netfilter/nf_conntrack_count; r /proc/sys/net/netfilter/nf_conntrack_max',
	`s blocked; ${processes} | while read -r p c z; do case $c in "(dockerd)"|"(containerd)") ${threads} | while read -r t c z; do b $t "$c"; done;; *) b $p "$c";; esac; done | head -n 24`,
	'set -f',
].join('; ');
