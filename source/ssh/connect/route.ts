/** A byte stream that leads to a host's sshd, however it gets there. */
import type {Duplex} from 'node:stream';
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {Rung} from '../../model/ladder.ts';

export type Route = {
	readonly stream: Duplex;
	/** True when the stream being there proves that the host accepted a TCP connection. */
	readonly isDirect: boolean;
	/** The jump host it leads through, and when that one's connection is gone; absent for other ways. */
	readonly bastion?: {readonly name: string; readonly closed: Promise<unknown>};
	/** The route's own words for a stream that ended, or timed out, before the host said anything; null: none. */
	explainSilence(timedOut: boolean): LadderErrorFacts | null;
	/** Frees what carries the stream; safe to call again. */
	close(): void;
};

/** What a climb is given: when to stop, and whom to tell how far it got. */
export type ClimbOptions = {
	readonly signal: AbortSignal;
	/** `note` is what the host offered there, or what was used; one sanitised line. */
	readonly onRung: (reached: Rung, note?: string) => void;
	/** Hears the name of each jump host on the way once all of them stand. */
	readonly onBastion?: (name: string) => void;
};
