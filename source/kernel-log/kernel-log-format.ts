/** The forms in which a kernel log is kept or printed, by the words a person knows them by. */

export const kernelLogFormatWords = {
	kmsg: '/dev/kmsg',
	dmesg: 'dmesg',
	'dmesg-ctime': 'dmesg -T',
	'dmesg-decoded': 'dmesg -x',
	'dmesg-raw': 'dmesg -r',
	'dmesg-iso': 'dmesg --time-format iso',
	'dmesg-relative': 'dmesg -H',
	'dmesg-json': 'dmesg --json',
	journal: 'journalctl',
	'journal-json': 'journalctl -o json',
	'journal-export': 'journalctl -o export',
	syslog: 'syslog file',
	'syslog-5424': 'syslog file (RFC 5424)',
	pstore: 'pstore',
	'engine-log': 'log of the container engine',
	plain: 'text without time',
} as const;

export type KernelLogFormat = keyof typeof kernelLogFormatWords;
