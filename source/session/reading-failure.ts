/** Turns what a read threw into the failure a reading carries. */
import type {ReadingFailure} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import {sanitiseLine} from '../support/sanitise.ts';

/** A `ReadingError` says it itself; anything else was an answer that made no sense. */
export function readingFailure(error: unknown): ReadingFailure {
	if (error instanceof ReadingError) return error.failure;
	return {code: 'malformed', message: sanitiseLine(error instanceof Error ? error.message : String(error), 300)};
}
