/** An input that could not be read to its end; the message says which and why, in words. */
export class InputError extends Error {
	override readonly name = 'InputError';
}
