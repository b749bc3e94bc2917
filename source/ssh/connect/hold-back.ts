/** Keeps what a host says unread until it is its turn, so that waiting for a host that says nothing takes no turn. */
import type {Duplex} from 'node:stream';

export type HeldBack = {
	/** Resolves when the host has said something, or its stream has ended. */
	readonly heard: Promise<void>;
	/** Gives those who listen for data everything from the first byte on; safe to call again. */
	letThrough(): void;
};

/** Call it before anybody listens for data. Writing goes on as ever. */
export function holdBack(stream: Duplex): HeldBack {
	const {promise: heard, resolve} = Promise.withResolvers<void>();
	const hear = (): void => resolve();
	// While somebody listens for `readable`, a stream keeps what arrives, whoever else listens for data or resumes it
	// (Node.js, "Event: 'readable'"); when the last such listener goes, it flows to the others.
	stream.on('readable', hear);
	return {heard, letThrough: () => void stream.off('readable', hear)};
}
