/** Reads durations as people type them: `500ms`, `20s`, `2m`. */
import {UserError} from '../model/user-error.ts';
import {quoteWord} from '../support/quote-word.ts';

const unitMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** Shorter than any handshake, or longer than anyone waits: a typing mistake. */
const minMs = 100;
const maxMs = 3_600_000;

/** Milliseconds of a duration with its unit; throws `UserError` otherwise and outside 100ms to 1h. */
export function parseDuration(text: string): number {
	const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
	const hint = 'Write a number and its unit: 500ms, 20s or 2m.';
	if (match?.[2] === undefined) {
		throw new UserError(`${quoteWord(text, 40)} is not a duration`, hint);
	}
	const durationMs = Math.round(Number(match[1]) * (unitMs[match[2]] ?? 1));
	if (durationMs < minMs || durationMs > maxMs) throw new UserError(`${text} is not between 100ms and 1h`, hint);
	return durationMs;
}
