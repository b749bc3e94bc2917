import type {EventEmitter} from 'node:events';

/** Waits for `close` whatever comes before it; `events.once` would fail on a reset. */
export function untilClosed(stream: EventEmitter): Promise<void> {
	return new Promise((resolve) => {
		stream.once('close', () => resolve());
	});
}
