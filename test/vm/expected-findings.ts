/** What the program must call each trouble the lab provokes: the finding's id, how bad it is, and words on the board. */
export type ExpectedFinding = {
	readonly id: string;
	readonly severity: 'critical' | 'warning';
	readonly subject: RegExp;
	/** On the screen, in the list of the host's findings. */
	readonly words: RegExp;
	/** What the kernel says at the moment it happens. */
	readonly kernelLine: string;
	/** In at least one line of the finding's evidence; only the latest lines are kept. */
	readonly evidence: RegExp;
};

export const expectedFindings = {
	containerOom: {
		id: 'oom-memcg',
		severity: 'warning',
		subject: /^greedy$/,
		words: /memory limit.*greedy/i,
		kernelLine: 'Memory cgroup out of memory: Killed process',
		evidence: /Memory cgroup out of memory: Killed process \d+ \(busybox\)/,
	},
	hungTask: {
		id: 'hung-task',
		severity: 'critical',
		subject: /^dd$/,
		words: /\bdd\b hung for/i,
		kernelLine: 'blocked for more than 5 seconds',
		evidence: /task dd:\d+ blocked for more than/,
	},
	damagedDirectory: {
		id: 'ext4-error',
		severity: 'critical',
		subject: /^loop0$/,
		words: /loop0 has errors/i,
		kernelLine: 'EXT4-fs error (device loop0)',
		evidence: /EXT4-fs error \(device loop0\)/,
	},
	brokenDevice: {
		id: 'fs-remount-ro',
		severity: 'critical',
		subject: /^dm-0$/,
		words: /dm-0 went read-only/i,
		kernelLine: 'EXT4-fs (dm-0): Remounting filesystem read-only',
		evidence: /EXT4-fs \(dm-0\): Remounting filesystem read-only/,
	},
	softLockup: {
		id: 'soft-lockup',
		severity: 'critical',
		subject: /./,
		words: /CPU\d+ stuck for/i,
		kernelLine: 'BUG: soft lockup',
		evidence: /soft lockup - CPU#\d+ stuck for \d+s! \[modprobe/,
	},
} as const satisfies Record<string, ExpectedFinding>;

/** The finding of an account that may not read the log: what it sees is no clean bill. */
export const forbiddenLogId = 'kernel-log-forbidden';
