/** Gives each line its wall clock: its own, or one computed from the time since boot or since the line before. */
import type {BootTracker} from './boot-tracker.ts';
import type {LineDraft} from './line-draft.ts';
import {computedTimeMs} from './wall-time.ts';

export type ResolvedTime = {
	/** Milliseconds since the epoch; null where only the order is known. */
	readonly at: number | null;
	readonly uncertaintyMs: number;
};

export type Timekeeper = {resolve(draft: LineDraft, tracker: BootTracker): ResolvedTime};

const unknown: ResolvedTime = {at: null, uncertaintyMs: 0};
/** The kernel sets its clock by the machine's, and says so once: `setting system clock to … UTC (1795186200)`. */
const clockSet = /setting system clock to \d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d UTC \((\d{9,10})\)/;

/** `bootedAtMs` as the host itself says; it goes before the journal's time, which the host's clock may have stepped. */
export function createTimekeeper(bootedAtMs: number | null): Timekeeper {
	let relative = unknown;

	const ofDelta = (draft: LineDraft): ResolvedTime => {
		if (draft.at !== null) relative = {at: draft.at, uncertaintyMs: draft.atUncertaintyMs};
		else if (draft.deltaSeconds !== null && relative.at !== null) {
			relative = {...relative, at: relative.at + draft.deltaSeconds * 1000};
		}
		return relative;
	};
	const ofBoot = (seconds: number, tracker: BootTracker): ResolvedTime => {
		if (bootedAtMs !== null) return {at: bootedAtMs + seconds * 1000, uncertaintyMs: 0};
		const base = tracker.bootedAt();
		return base === null ? unknown : {at: base.at + seconds * 1000, uncertaintyMs: base.uncertaintyMs};
	};

	return {
		resolve(draft, tracker) {
			const {monotonicSeconds: seconds, at, atUncertaintyMs: uncertaintyMs} = draft;
			if (draft.format === 'dmesg-relative') return ofDelta(draft);
			const isRecomputed = draft.format === 'journal-json' && bootedAtMs !== null;
			if (at !== null && !(isRecomputed && seconds !== null)) {
				if (seconds !== null) {
					tracker.learn({at: at - seconds * 1000, uncertaintyMs: uncertaintyMs + computedTimeMs});
				}
				return {at, uncertaintyMs};
			}
			if (seconds === null) return unknown;
			const set = bootedAtMs === null && draft.line.includes('setting system clock') ? clockSet.exec(draft.line) : null;
			if (set) tracker.learn({at: Number(set[1]) * 1000 - seconds * 1000, uncertaintyMs: computedTimeMs});
			return ofBoot(seconds, tracker);
		},
	};
}
