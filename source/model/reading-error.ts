/** The error of a reading that could not be taken; its failure is what the reading then says. */
import type {ReadingFailure} from './reading.ts';

export class ReadingError extends Error {
	override readonly name = 'ReadingError';
	readonly failure: ReadingFailure;

	constructor(code: ReadingFailure['code'], message: string, options?: ErrorOptions) {
		super(message, options);
		this.failure = {code, message};
	}
}
