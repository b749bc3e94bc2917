/** Counts lines per signature and subject in sliding windows, and says which storm rule they fulfil. Bounded. */
import {severityRank} from './incident-draft.ts';
import {isWithin, type Moment} from './moment.ts';
import type {KernelSignature, SignatureStorm} from './signature.ts';

export type Storm = {
	readonly rule: SignatureStorm;
	/** All that take part, for a rule about several subjects; else only the one asked for. */
	readonly subjects: readonly string[];
};

export type StormWatch = {
	/** The worst rule that holds with this line; null when none does. */
	note(signature: KernelSignature, subject: string, amount: number, moment: Moment): Storm | null;
	clear(): void;
};

const subjectsKept = 32;
/** Without a clock, lines this near count as one window. */
const linesWithoutClock = 100_000;

type Tick = {readonly moment: Moment; readonly amount: number};

export function createStormWatch(): StormWatch {
	const bySignature = new Map<string, Map<string, Tick[]>>();
	return {
		note(signature, subject, amount, moment) {
			if (signature.storms === undefined) return null;
			const bySubject = bySignature.get(signature.id) ?? new Map<string, Tick[]>();
			bySignature.set(signature.id, bySubject);
			keep(bySubject, subject, {moment, amount}, Math.max(...signature.storms.map(({count}) => count)));
			const storms = signature.storms.flatMap((rule) => {
				const subjects = taking(rule, bySubject, subject, moment);
				return subjects === null ? [] : [{rule, subjects}];
			});
			return storms.reduce<Storm | null>(worst, null);
		},
		clear: () => bySignature.clear(),
	};
}

/** Each line counts one at least, so more of them than a rule asks for tell nothing new. */
function keep(bySubject: Map<string, Tick[]>, subject: string, tick: Tick, linesKept: number): void {
	const ticks = bySubject.get(subject) ?? [];
	bySubject.delete(subject);
	bySubject.set(subject, ticks);
	ticks.push(tick);
	if (ticks.length > linesKept) ticks.shift();
	if (bySubject.size > subjectsKept) {
		const [oldest] = bySubject.keys();
		if (oldest !== undefined) bySubject.delete(oldest);
	}
}

function taking(
	rule: SignatureStorm,
	bySubject: ReadonlyMap<string, readonly Tick[]>,
	subject: string,
	now: Moment,
): readonly string[] | null {
	const subjects = rule.minSubjects === undefined ? [subject] : [...bySubject.keys()];
	const sums = subjects
		.map((name) => ({name, sum: sumWithin(bySubject.get(name) ?? [], now, rule.withinSeconds)}))
		.filter(({sum}) => sum > 0);
	const total = sums.reduce((sum, one) => sum + one.sum, 0);
	return total < rule.count || sums.length < (rule.minSubjects ?? 1) ? null : sums.map(({name}) => name);
}

function sumWithin(ticks: readonly Tick[], now: Moment, seconds: number): number {
	let sum = 0;
	for (const {moment, amount} of ticks) if (isWithin(moment, now, seconds, linesWithoutClock)) sum += amount;
	return sum;
}

/** Among equals the later rule, which the catalogue means to be the more telling one. */
function worst(best: Storm | null, one: Storm): Storm {
	return best === null || severityRank(one.rule.severity) <= severityRank(best.rule.severity) ? one : best;
}
