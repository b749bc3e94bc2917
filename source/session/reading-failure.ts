/** Turns what a read threw into the failure a reading carries. */
import type {ReadingFailure} from '../model/reading.ts';
import {sanitiseLine} from '../support/sanitise.ts';

const codes: readonly ReadingFailure['code'][] = [
	'timeout',
	'not-permitted',
	'not-found',
	'unsupported',
	'malformed',
	'refused',
	'lost',
];

/** Errors that carry one of the failure codes keep it; anything else was an answer we could not read. */
export function readingFailure(error: unknown): ReadingFailure {
	const code = error instanceof Error && 'code' in error ? codes.find((known) => known === error.code) : undefined;
	const message = sanitiseLine(error instanceof Error ? error.message : String(error), 300);
	return {code: code ?? 'malformed', message};
}
