/** Counts the stops that were no shutdowns, over the boots a host remembers. */
import type {Boot, BootEnding, BootHistory} from '../../model/boots.ts';
import type {Finding, Severity} from '../../model/finding.ts';
import {formatIsoTime} from '../format-iso-time.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Older stops tell of another kernel, or of mended hardware. */
const windowMs = 30 * dayMs;

const unclean: ReadonlySet<BootEnding> = new Set(['panic', 'probable', 'hardware', 'watchdog', 'heat', 'unclean']);

/** `3 unclean stops in 9 days`: the time is from the first of them until now; empty below two. */
export function judgeStops(history: BootHistory, now: number): readonly Finding[] {
	const stops = history.boots
		.filter(({ending}) => unclean.has(ending))
		.map((boot) => ({boot, at: stopTime(boot, history)}))
		.filter((stop): stop is {boot: Boot; at: number} => stop.at !== null && now - stop.at <= windowMs);
	const first = stops.at(-1);
	const last = stops[0];
	if (first === undefined || last === undefined || stops.length < 2) return [];
	const severity = severityOf(
		stops.map(({at}) => at),
		now,
	);
	const earlier = history.boots.filter(({index}) => index < 0).length;
	return [
		{
			id: 'crash-rate',
			severity,
			category: 'kernel',
			subject: '',
			summary: `${stops.length} unclean stops in ${formatSpan(now - first.at)}`,
			evidence: stops.slice(0, 10).map(({boot, at}) => `${formatIsoTime(at) ?? 'time not known'}: ${boot.reason}`),
			since: first.at,
			count: stops.length,
			meaning: `The host remembers ${earlier} earlier boots${rememberedWords(history)}; a host that keeps going down will do so again.`,
			advice:
				'Move the work elsewhere and find what the stops have in common before using the host again: kernel, driver, power.',
		},
	];
}

function stopTime(boot: Boot, {boots}: BootHistory): number | null {
	return boot.endedAt ?? boots.find(({index}) => index === boot.index + 1)?.startedAt ?? null;
}

function severityOf(stops: readonly number[], now: number): Severity {
	const within = (ms: number): number => stops.filter((at) => now - at <= ms).length;
	if (within(dayMs) >= 3) return 'critical';
	return within(7 * dayMs) >= 1 ? 'warning' : 'notice';
}

/** Rounded up, so that no stop lies outside of it. */
function formatSpan(ms: number): string {
	if (ms <= hourMs) return 'an hour';
	if (ms <= 2 * dayMs) return `${Math.ceil(ms / hourMs)} hours`;
	return `${Math.ceil(ms / dayMs)} days`;
}

function rememberedWords({rememberedSince}: BootHistory): string {
	const since = rememberedSince === null ? null : formatIsoTime(rememberedSince);
	return since === null ? '' : `, since ${since.slice(0, 10)}`;
}
