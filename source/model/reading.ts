/** A reading is what a host said, or why it could not be read, and when: a failure never looks like a value. */

export type ReadingFailure = {
	/** `timeout`, `not-permitted`, `not-found`, `unsupported`, `malformed`, `refused`, `lost`. */
	readonly code: 'timeout' | 'not-permitted' | 'not-found' | 'unsupported' | 'malformed' | 'refused' | 'lost';
	/** One sentence for a person, sanitised. */
	readonly message: string;
};

export type PendingReading = {readonly kind: 'pending'};
export type OkReading<T> = {
	readonly kind: 'ok';
	readonly value: T;
	/** Milliseconds since the epoch. */ readonly at: number;
};
export type FailedReading = {readonly kind: 'failed'; readonly reason: ReadingFailure; readonly at: number};

export type Reading<T> = PendingReading | OkReading<T> | FailedReading;

export const pending: PendingReading = {kind: 'pending'};

/** Value of a reading that succeeded, else null; never a default. */
export function valueOf<T>(reading: Reading<T>): T | null {
	return reading.kind === 'ok' ? reading.value : null;
}
