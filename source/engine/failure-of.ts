/** Says as a reading's failure why an engine was not read. */
import type {ReadingFailure} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import {EngineFault} from './engine-fault.ts';

export function failureCode(fault: EngineFault): ReadingFailure['code'] {
	switch (fault.kind) {
		case 'timeout':
		case 'malformed':
		case 'refused':
		case 'lost':
			return fault.kind;
		case 'missing':
			return 'not-found';
		case 'forbidden':
			return 'not-permitted';
		case 'http':
			return fault.statusCode === 404 ? 'not-found' : 'refused';
		case 'aborted':
			return 'lost';
	}
}

/** Bugs are rethrown. */
export function readingErrorOf(error: unknown): ReadingError {
	if (error instanceof ReadingError) return error;
	if (error instanceof EngineFault) return new ReadingError(failureCode(error), error.message, {cause: error});
	throw error;
}
