/** Oopses and what taints the kernel for the rest of its boot. */
import {isTainted, type taintBits} from '../describe-counters.ts';
import {isTold, whyCounted, type CountedFinding, type CounterContext} from './counter-context.ts';

const crashIds = /^(?:oops|panic|kernel-bug|double-fault|list-corruption|slab-corruption|rust-panic|stack-overflow)/;

export function judgeOopses({input, counters, isLogRead}: CounterContext): readonly CountedFinding[] {
	const count = counters.oopsCount ?? (isTainted(counters, 'oops') ? 1 : 0);
	if (count === 0 || isTold(input, crashIds)) return [];
	const words = counters.oopsCount === null ? 'an oops' : count === 1 ? '1 oops' : `${count} oopses`;
	return [
		{
			id: 'oops-counted',
			severity: isLogRead ? 'warning' : 'critical',
			category: 'kernel',
			summary: `kernel had ${words} in this boot ${whyCounted(isLogRead)}`,
			evidence: [
				`oops_count: ${counters.oopsCount ?? 'not counted by this kernel'}`,
				`tainted: ${counters.taint ?? 'unknown'}`,
			],
			count,
			meaning:
				'Kernel code failed and was cut off in the middle: locks may be held for ever and memory may be damaged.',
			advice:
				'Read what it was with `sudo dmesg | grep -A 30 -E "BUG:|Oops:"`, move the work elsewhere and reboot the host.',
		},
	];
}

type TaintRule = Pick<CountedFinding, 'id' | 'category' | 'meaning' | 'advice'> & {
	readonly bit: keyof typeof taintBits;
	/** Where the log is forbidden. */
	readonly severity: 'critical' | 'warning';
	readonly words: string;
	/** Signatures that tell of the same. */
	readonly told: RegExp;
};

const rules: readonly TaintRule[] = [
	{
		bit: 'badPage',
		id: 'bad-page-counted',
		severity: 'critical',
		category: 'memory',
		words: 'kernel found damaged memory pages in this boot',
		told: /^(?:bad-page|bad-rss|mem-poison)/,
		meaning: 'The kernel’s records of memory were wrong: failing memory modules, or a kernel bug that wrote over them.',
		advice: 'Move the work elsewhere, reboot, and test the memory; `sudo dmesg | grep -A 5 "Bad page"` names the page.',
	},
	{
		bit: 'machineCheck',
		id: 'machine-check-counted',
		severity: 'warning',
		category: 'hardware',
		words: 'processor reported a hardware error in this boot',
		told: /^(?:mce-|edac-|cper-|mem-poison)/,
		meaning: 'A machine check was raised: processor, memory or bus told of an error.',
		advice: 'Read which part it was: `sudo dmesg | grep -i "hardware error"`, `sudo ipmitool sel list`.',
	},
	{
		bit: 'softLockup',
		id: 'soft-lockup-counted',
		severity: 'warning',
		category: 'kernel',
		words: 'a processor was stuck in the kernel in this boot',
		told: /^(?:soft-lockup|hard-lockup|rcu-|panic-softlockup)/,
		meaning: 'A processor ran kernel code for more than 20 s without giving way; whatever waited for it stood still.',
		advice:
			'Read where: `sudo dmesg | grep -A 20 "soft lockup"`. On a virtual machine look at steal time first: `vmstat 1`.',
	},
];

export function judgeTaint({input, counters, isLogRead}: CounterContext): readonly CountedFinding[] {
	return rules
		.filter(({bit, told}) => isTainted(counters, bit) && !isTold(input, told))
		.map(({id, severity, category, words, meaning, advice}) => ({
			id,
			severity: isLogRead ? 'warning' : severity,
			category,
			summary: `${words} ${whyCounted(isLogRead)}`,
			evidence: [`tainted: ${counters.taint ?? 'unknown'}`],
			meaning,
			advice,
		}));
}

/** Where the log is readable it tells of each warning itself. */
export function judgeWarnings({counters, isLogRead}: CounterContext): readonly CountedFinding[] {
	if (isLogRead || ((counters.warnCount ?? 0) === 0 && !isTainted(counters, 'warning'))) return [];
	return [
		{
			id: 'kernel-warning-counted',
			severity: 'notice',
			category: 'kernel',
			summary: `kernel warned of itself in this boot ${whyCounted(isLogRead)}`,
			evidence: [
				`warn_count: ${counters.warnCount ?? 'not counted by this kernel'}`,
				`tainted: ${counters.taint ?? 'unknown'}`,
			],
			meaning: 'Kernel code found something it did not expect and went on; mostly harmless, sometimes the first sign.',
			advice: 'Read what it was: `sudo dmesg | grep -A 15 "WARNING:"`.',
		},
	];
}
