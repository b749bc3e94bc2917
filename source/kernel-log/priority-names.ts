/** The names of syslog facilities and levels (syslog(3), `dmesg -x`, busybox). */

const facilities = [
	'kern',
	'user',
	'mail',
	'daemon',
	'auth',
	'syslog',
	'lpr',
	'news',
	'uucp',
	'cron',
	'authpriv',
	'ftp',
	'ntp',
	'security',
	'console',
	'clock',
	'local0',
	'local1',
	'local2',
	'local3',
	'local4',
	'local5',
	'local6',
	'local7',
];

const levels: Readonly<Record<string, number>> = {
	emerg: 0,
	panic: 0,
	alert: 1,
	crit: 2,
	err: 3,
	error: 3,
	warn: 4,
	warning: 4,
	notice: 5,
	info: 6,
	debug: 7,
};

/** Null for a word that is no facility. */
export function facilityOf(name: string): number | null {
	const index = facilities.indexOf(name);
	return index === -1 ? null : index;
}

/** Null for a word that is no level. */
export function levelOf(name: string): number | null {
	return Object.hasOwn(levels, name) ? (levels[name] ?? null) : null;
}
