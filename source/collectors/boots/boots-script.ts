/**
 * The program that prints what a host still has of its earlier boots: journal, pstore, crash dumps' text, wtmp, and what
 * firmware left for the running kernel to print. It runs once, each part is bounded, it only reads, and of a crash dump
 * it reads no more than the text. As `probe-script.ts`, it holds no single quote and no exclamation mark.
 */
import {bootsName} from '../../model/probe-protocol.ts';
import {shellQuote} from '../../support/shell-quote.ts';

/** Boots before the running one whose end is read. */
export const earlierBootLimit = 7;

const preamble = [
	'LC_ALL=C',
	'TZ=UTC',
	'SYSTEMD_COLORS=0',
	'PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin',
	'export LC_ALL TZ SYSTEMD_COLORS PATH',
	'exec 2>/dev/null </dev/null',
	's() { printf "\\035%s\\n" "$1"; }',
	'r() { [ -r "$1" ] && while IFS= read -r l || [ "$l" ]; do printf "%s\\n" "$l"; done <"$1"; }',
	// A directory may be missing, closed to this account, or open.
	'd() { if [ -r "$1" ] && [ -x "$1" ]; then echo open; elif [ -d "$1" ]; then echo closed; else echo missing; fi; }',
	// The end of a file, and of a long one pstore's header as well, under a line with its time and name.
	'f() { [ -f "$2" ] && { m=$(stat -c %Y "$2" || date -r "$2" +%s); printf "\\034%s\\t%s\\n" "$m" "$2"; { [ "$(wc -c <"$2")" -gt "$1" ] && head -n 3 "$2" | grep "#[0-9]* Part"; tail -c "$1" "$2"; } | tr -d "\\000\\034-\\037"; echo; }; }',
];

const clock = [
	's boot-id; r /proc/sys/kernel/random/boot_id',
	's clock; date +%s',
	's uptime; r /proc/uptime',
	's panic; r /proc/sys/kernel/panic',
];

/**
 * Only who can read the system's own journal file sees how a boot ended; others see their own programs' lines at best,
 * and would take every end for an abrupt one. `$J` is set to what reads it.
 */
const journalAccess =
	's journal; J=; K=volatile; R=missing; if command -v journalctl >/dev/null; then for p in /var/log/journal/* /run/log/journal/*; do [ -e "$p/system.journal" ] || continue; case $p in /var/*) K=persistent;; esac; if [ -r "$p/system.journal" ]; then R=open; elif [ $R = missing ]; then R=closed; fi; done; [ -d /var/log/journal ] && { [ -r /var/log/journal ] || R=closed; }; if [ $R = open ]; then J=journalctl; elif [ "$1" = try-sudo ] && [ "$(sudo -n journalctl -q -n 1 -o cat)" ]; then J="sudo -n journalctl"; R=open; [ -d /var/log/journal ] && K=persistent; fi; else K=none; fi; printf "%s %s\\n" $K $R';

const fields = 'MESSAGE,PRIORITY,SYSLOG_FACILITY,SYSLOG_IDENTIFIER,_TRANSPORT,_SOURCE_MONOTONIC_TIMESTAMP';

/** Cursors are half of each line and of no use here. */
const trim = 'sed -e "s/\\"__CURSOR\\" *: *\\"[^\\"]*\\" *, *//"';

/** What `find-clean-end.ts` looks for, roughly: after a clean stop less of the kernel log is wanted. */
const cleanEnd = '*"Journal stopped"*|*"ystemd-shutdow"*|*"eached target "*"eboot"*|*"eached target "*"ower"*';

const journal = [
	journalAccess,
	`if [ "$J" ]; then F=; $J --help | grep -q output-fields && F=--output-fields=${fields}`,
	's boots; $J --list-boots -o json --no-pager -q | tail -c 8000',
	`i=1; while [ $i -le ${earlierBootLimit} ]; do n=20; [ $i = 1 ] && n=40; L=$($J -b -$i -n $n -o json -q --no-pager $F | ${trim} | tail -c 60000); [ "$L" ] || break; printf "\\035last -%s\\n%s\\n" $i "$L"; case $L in ${cleanEnd}) n=0; [ $i = 1 ] && n=100;; *) n=60; [ $i = 1 ] && n=300;; esac; [ $n = 0 ] || { printf "\\035kernel -%s\\n" $i; $J -k -b -$i -n $n -o json -q --no-pager $F | ${trim} | tail -c 200000; }; i=$((i+1)); done`,
	'fi',
].join('; ');

const firmwarePattern =
	'BERT: |Hardware Error|Machine Check|Previous system reset reason|recovery complete|Starting recovery|uncleanly shut down|persistent store backend';

/** The ring buffer of a busy host has long lost its start; the journal may still have it. */
const firmware = [
	's firmware-access; if dmesg >/dev/null; then echo dmesg; elif [ "$J" ]; then echo journal; else echo closed; fi',
	`s firmware; { dmesg -r || dmesg; } | head -n 4000 | grep -E "${firmwarePattern}" | head -n 40; [ "$J" ] && $J -k -b 0 -o json -q --no-pager $F | head -n 4000 | grep -E "${firmwarePattern}" | ${trim} | head -n 40`,
].join('; ');

/** Unmounted, the directory of pstore looks as it does when it is empty. */
const pstore = [
	's pstore; if grep -q " /sys/fs/pstore pstore " /proc/mounts; then d /sys/fs/pstore; elif [ -d /sys/fs/pstore ]; then echo unmounted; else echo missing; fi',
	's pstore-backend; r /sys/module/pstore/parameters/backend',
	's pstore-archive; d /var/lib/systemd/pstore',
	's pstore-files; p=/var/lib/systemd/pstore; ls -1td /sys/fs/pstore/dmesg-* $p/dmesg* $p/*/dmesg* $p/*/*/dmesg* | grep -v "[.]z$" | head -n 90 | while IFS= read -r p; do f 65536 "$p"; done | head -c 500000',
].join('; ');

/** RHEL's kdump.conf(5) and Debian's /etc/default/kdump-tools name the directory. */
const kdump = [
	's kdump-loaded; r /sys/kernel/kexec_crash_loaded',
	's kdump-remote; grep -E "^(ssh|nfs) " /etc/kdump.conf | cut -d " " -f 1 | head -n 1',
	'D=$(sed -n "s/^path  *//p" /etc/kdump.conf | head -n 1); [ "$D" ] || D=$(sed -n "s/^KDUMP_COREDIR=//p" /etc/default/kdump-tools | tr -d "\\"" | head -n 1); [ "$D" ] || D=/var/crash',
	's kdump; printf "%s " "$D"; d "$D"',
	's kdump-files; ls -1td "$D"/*/*dmesg* "$D"/linux-image-*.crash | head -n 4 | while IFS= read -r p; do case $p in *.crash) f 0 "$p";; *) if [ -r "$p" ]; then f 65536 "$p"; else printf "\\034closed\\t%s\\n" "$p"; fi;; esac; done',
].join('; ');

const wtmp = [
	's wtmp; if command -v last >/dev/null || command -v wtmpdb >/dev/null; then if [ -r /var/log/wtmp ] || [ -r /var/lib/wtmpdb/wtmp.db ]; then echo open; elif [ -e /var/log/wtmp ]; then echo closed; else echo missing; fi; else echo none; fi',
	's wtmp-lines; { last -Fxw reboot shutdown runlevel || wtmpdb last -Fxw || last; } | grep -E "^(reboot|shutdown|runlevel)" | head -n 60',
].join('; ');

export const bootsScript = [
	...preamble,
	...clock,
	journal,
	firmware,
	pstore,
	kdump,
	wtmp,
	'printf "\\036boots\\n"',
].join('; ');

/** `root`: through `sudo -n`; `try-sudo`: only the journal, where sudoers allows just that; `plain`: as the account. */
export type BootsWay = 'root' | 'try-sudo' | 'plain';

export function bootsCommand(way: BootsWay): string {
	const sh = `sh -c ${shellQuote(bootsScript)} ${bootsName}`;
	return way === 'root' ? `exec sudo -n ${sh} plain` : `exec ${sh} ${way}`;
}
