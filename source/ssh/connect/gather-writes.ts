/**
 * Sends what is written to a socket within one turn of the event loop as one system call. ssh2 writes every packet in
 * three pieces (length, body, tag), each of which would otherwise be a system call and a TCP segment of its own.
 */
import type {Duplex} from 'node:stream';

/** Changes the stream's `write`; order and back pressure stay as they were, and `end` still sends everything first. */
export function gatherWrites(stream: Duplex): void {
	const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
	let gathering = false;
	stream.write = (...args: unknown[]): boolean => {
		if (!gathering) {
			gathering = true;
			stream.cork();
			setImmediate(() => {
				gathering = false;
				stream.uncork();
			});
		}
		return write(...args);
	};
}
