/** What each judgement of the kernel's counters looks at. */
import type {Finding} from '../../model/finding.ts';
import type {KernelCounters} from '../../model/kernel-counters.ts';
import type {HealthInput} from '../health-input.ts';

export type CounterContext = {
	readonly input: HealthInput;
	readonly counters: KernelCounters;
	/** False where the counters are all there is. */
	readonly isLogRead: boolean;
};

/** A finding as the counters give it; the rest is what `assessCounters` fills in. */
export type CountedFinding = Omit<Finding, 'subject' | 'since' | 'count'> & Partial<Finding>;

export type JudgeCounters = (context: CounterContext) => readonly CountedFinding[];

/** True when an incident of these signatures, about this subject or about none, tells of the same. */
export function isTold({incidents}: HealthInput, signatureIds: RegExp, subject = ''): boolean {
	return incidents.some(
		(one) => signatureIds.test(one.id) && (subject === '' || one.subject === '' || one.subject.includes(subject)),
	);
}

/** Why the log itself is not the evidence. */
export function whyCounted(isLogRead: boolean): string {
	return isLogRead ? '(no longer in its log)' : '(log not readable)';
}
