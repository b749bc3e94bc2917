/**
 * The program that follows the kernel log on a host: tries the methods in the order given, says which one works, then
 * prints raw lines. Live methods run under a lifeline, because a silent reader such as `cat /dev/kmsg` outlives a lost
 * connection; polled ones print on request only. As `probe-script.ts`, it holds no single quote and no exclamation mark.
 */
import {kernelLogName} from '../model/probe-protocol.ts';
import type {KernelLogMethod} from '../model/readings.ts';

/**
 * Runs the command given as arguments until it ends or standard input does, and kills it then. Descriptor 3 is needed
 * because `sh` gives a background job /dev/null as input; `$B` is the exclamation mark.
 */
const lifeline =
	'exec 3<&0; "$@" </dev/null 3<&- & k=\\$$B; { while read -r x; do :; done; kill \\$k; } <&3 3<&- >/dev/null 2>&1 & w=\\$$B; trap \\"kill \\$k \\$w 2>/dev/null\\" EXIT; trap exit HUP INT TERM; exec 3<&-; wait \\$k'.replace(
		'"$@"',
		'\\"\\$@\\"',
	);

const journal = 'journalctl -k -o json --no-pager -q';

/** A test that the method works, and what to do with it then; neither may keep standard input. */
const methods: Readonly<Record<KernelLogMethod, {readonly test: string; readonly run: string}>> = {
	kmsg: {test: '( : </dev/kmsg )', run: 'live cat /dev/kmsg'},
	'sudo-kmsg': {test: 'sudo -n sh -c ": </dev/kmsg"', run: 'exec sudo -n sh -c "$L" $0 cat /dev/kmsg'},
	journalctl: {test: `[ "$(${journal} -n 1)" ]`, run: `live ${journal} -f -n 2000`},
	dmesg: {test: 'dmesg', run: 'polled dmesg $(raw dmesg)'},
	'sudo-dmesg': {test: 'sudo -n dmesg', run: 'polled sudo -n dmesg $(raw sudo -n dmesg)'},
	'sudo-journalctl': {test: `[ "$(sudo -n ${journal} -n 1)" ]`, run: `polled sudo -n ${journal} -n 2000`},
	files: {test: 'logfile', run: 'polled newest'},
};

/** Asked to print: the number of newest lines wanted; the last line of the dump is the end mark. */
const functions = [
	'live() { set -- "$@"; eval "$L"; exit; }',
	'polled() { while read -r n; do "$@" </dev/null | tail -n "$n"; printf "\\036dump\\n"; done; exit; }',
	// Only the kernel's own text, which `-S` asks for, names the facility in front of every line of a message; without it
	// util-linux 2.38 prints wrong ones with -r. busybox has -r alone, and prints the kernel's own text.
	'raw() { for o in -Sr -x -r; do "$@" $o </dev/null >/dev/null && { echo $o; return; }; done; }',
	'logfile() { for f in /var/log/kern.log /var/log/messages; do [ -s $f ] && [ -r $f ] && return; done; return 1; }',
	// A file that was just rotated away may hold lines not seen yet.
	'newest() { logfile; tail -n 2000 $f.1; tail -n 2000 $f; }',
	'boot() { read -r i </proc/sys/kernel/random/boot_id || return; t=$(sed -n "s/^btime //p" /proc/stat); echo $i $t; }',
];

const branches = (Object.keys(methods) as KernelLogMethod[]).map(
	(name) =>
		`${name}) if { ${methods[name].test}; } </dev/null >/dev/null; then printf "method %s\\n" "$(echo ${name} $(boot))"; ${methods[name].run}; fi;;`,
);

export const kernelLogScript = [
	'LC_ALL=C',
	'PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin',
	'export LC_ALL PATH',
	'exec 2>/dev/null',
	'B=$(printf "\\041")',
	`L="${lifeline}"`,
	...functions,
	`for m do case $m in ${branches.join(' ')} esac; done`,
	'echo refused',
].join('; ');

/** The command line that follows the kernel log by the first of `wanted` that works. */
export function kernelLogCommand(wanted: readonly KernelLogMethod[]): string {
	return `exec sh -c '${kernelLogScript}' ${kernelLogName} ${wanted.join(' ')}`;
}
