/**
 * Reads the file systems in a channel of its own, because `df` hangs on a dead network mount. While one `df` hangs, no
 * other is started on that host.
 */
import type {FailedReading, Reading} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {Filesystem} from '../model/readings.ts';
import {TransportError, type Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {filesystemPaths, parseFilesystems, type FilesystemRoots} from './parse-filesystems.ts';
import {askOnce} from './probe.ts';

export type FilesystemReader = {
	/** Never rejects; `timeout` after `timeoutMs`, and again, at once, for as long as that `df` has not answered. */
	read(roots: FilesystemRoots): Promise<Reading<readonly Filesystem[]>>;
};

export type FilesystemReaderOptions = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly timeoutMs?: number;
};

/** A `df` that has not answered for this long is given up, whatever it still does on the host. */
const giveUpMs = 10 * 60_000;

/** One reader per connection. */
export function createFilesystemReader(
	transport: Transport,
	{clock, signal, timeoutMs = 10_000}: FilesystemReaderOptions,
): FilesystemReader {
	let hangingSince: number | null = null;
	const failed = (code: FailedReading['reason']['code'], message: string): FailedReading => ({
		kind: 'failed',
		reason: {code, message},
		at: clock.now(),
	});

	return {
		async read(roots) {
			if (hangingSince !== null) {
				const seconds = Math.round((clock.now() - hangingSince) / 1000);
				return failed('timeout', `df has not answered for ${seconds} s: a network mount may hang`);
			}
			hangingSince = clock.now();
			const answer = askOnce(transport, 'filesystems', filesystemPaths(roots), {clock, timeoutMs: giveUpMs, signal});
			const reading = answer
				.then<Reading<readonly Filesystem[]>>((sections) => ({
					kind: 'ok',
					value: parseFilesystems(sections, roots),
					at: clock.now(),
				}))
				.catch((error: unknown) => failed(...describeFailure(error)))
				.finally(() => {
					hangingSince = null;
				});
			const {promise: late, resolve} = Promise.withResolvers<FailedReading>();
			const words = `df did not answer within ${Math.round(timeoutMs / 1000)} s: a network mount may hang`;
			const cancel = clock.schedule(timeoutMs, () => resolve(failed('timeout', words)));
			return await Promise.race([reading, late]).finally(cancel);
		},
	};
}

/** One reading, without memory of a `df` that hangs; see `createFilesystemReader`. Never rejects. */
export function readFilesystems(
	transport: Transport,
	roots: FilesystemRoots,
	options: FilesystemReaderOptions,
): Promise<Reading<readonly Filesystem[]>> {
	return createFilesystemReader(transport, options).read(roots);
}

/** Bugs are rethrown. */
function describeFailure(error: unknown): [FailedReading['reason']['code'], string] {
	if (error instanceof ReadingError) return [error.failure.code, error.failure.message];
	if (error instanceof TransportError) {
		return [error.code === 'closed' || error.code === 'aborted' ? 'lost' : 'refused', sanitiseLine(error.message, 300)];
	}
	throw error;
}
