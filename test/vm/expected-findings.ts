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
		id: 'container-oom',
		severity: 'warning',
		subject: /^greedy$/,
		words: /out of memory.*greedy/i,
		kernelLine: 'Memory cgroup out of memory: Killed process',
		evidence: /Memory cgroup out of memory: Killed process \d+ \(busybox\)/,
	},
	hungTask: {
		id: 'task-hung',
		severity: 'critical',
		subject: /^dd$/,
		words: /stuck in the kernel.*\bdd\b/i,
		kernelLine: 'blocked for more than 5 seconds',
		evidence: /task dd:\d+ blocked for more than/,
	},
	damagedDirectory: {
		id: 'filesystem-damaged',
		severity: 'critical',
		subject: /^loop0$/,
		words: /file system damaged.*loop0/i,
		kernelLine: 'EXT4-fs error (device loop0)',
		evidence: /EXT4-fs error \(device loop0\)/,
	},
	brokenDevice: {
		id: 'filesystem-gave-up',
		severity: 'critical',
		subject: /^dm-0$/,
		words: /gave up writing.*dm-0/i,
		kernelLine: 'Aborting journal on device dm-0',
		evidence: /Aborting journal on device dm-0|Remounting filesystem read-only/,
	},
	softLockup: {
		id: 'soft-lockup',
		severity: 'critical',
		subject: /./,
		words: /CPU stuck in the kernel/i,
		kernelLine: 'BUG: soft lockup',
		evidence: /soft lockup - CPU#\d+ stuck for \d+s! \[modprobe/,
	},
} as const satisfies Record<string, ExpectedFinding>;

/** The finding of an account that may not read the log: what it sees is no clean bill. */
export const forbiddenLogId = 'kernel-log-forbidden';
