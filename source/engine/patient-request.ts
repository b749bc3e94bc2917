/**
 * Waits for a request that may be late. Being late is said once, while the request stays open: an engine that hangs
 * must not be asked again and again, and its late answer is the first sign that it is back.
 */
import type {Clock} from '../support/clock.ts';
import {EngineFault} from './engine-fault.ts';

export type Patience = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Late after this. */
	readonly lateMs: number;
	/** Given up after this, with an `EngineFault` of kind `timeout`. */
	readonly giveUpMs: number;
	readonly onLate?: () => void;
};

export async function requestPatiently<T>(ask: (signal: AbortSignal) => Promise<T>, patience: Patience): Promise<T> {
	const {clock, signal, lateMs, giveUpMs, onLate} = patience;
	const own = new AbortController();
	const stop = (): void => own.abort();
	signal.addEventListener('abort', stop, {once: true});
	let isOver = false;
	const cancelLate = clock.schedule(lateMs, () => onLate?.());
	const cancelGiveUp = clock.schedule(giveUpMs, () => {
		isOver = true;
		stop();
	});
	try {
		if (signal.aborted) throw new EngineFault('aborted', 'not asked any more');
		return await ask(own.signal);
	} catch (error) {
		if (isOver) throw new EngineFault('timeout', `no answer within ${Math.round(giveUpMs / 1000)} s`, {cause: error});
		throw error;
	} finally {
		cancelLate();
		cancelGiveUp();
		signal.removeEventListener('abort', stop);
	}
}
