/**
 * Removes one object of an engine by one request, sent once and never forced. What the engine says is an outcome; when
 * it says nothing, the outcome is that nobody knows.
 */
import type {Removal} from '../model/engine-operator.ts';
import type {Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {classifyRemoval, type RemovedKind} from './classify-removal.ts';
import type {ChangeReply, EngineClient, EngineQuery} from './engine-client.ts';
import {EngineFault} from './engine-fault.ts';
import {removalsInFlight} from './engine-reader.ts';
import {requestPatiently} from './patient-request.ts';

export type RemoverOptions = {
	readonly client: EngineClient;
	readonly clock: Clock;
	/** Ends with the connection to the engine. */
	readonly signal: AbortSignal;
	readonly isHung: () => boolean;
	readonly timeoutMs: number;
};

export type RemoveRequest = {
	readonly kind: RemovedKind;
	readonly method: 'DELETE' | 'POST';
	readonly path: string;
	readonly query: EngineQuery;
	/** Id or name, for the words of the outcome. */
	readonly target: string;
};

export type Remove = (request: RemoveRequest, signal: AbortSignal) => Promise<Removal>;

/** Never rejects but for bugs: a signal that aborts before the request is sent makes it fail, later makes it unknown. */
export function createRemover({client, clock, signal: life, isHung, timeoutMs}: RemoverOptions): Remove {
	const inTurn = createLimiter(removalsInFlight);
	return async (request, own) => {
		const signal = AbortSignal.any([life, own]);
		let isSent = false;
		const send = async (): Promise<ChangeReply | Removal> => {
			signal.throwIfAborted();
			if (isHung()) return notSent('the engine hangs: nothing was sent');
			isSent = true;
			return await requestPatiently((limited) => client.change(request.method, request.path, request.query, limited), {
				clock,
				signal,
				lateMs: timeoutMs,
				giveUpMs: timeoutMs,
			});
		};
		try {
			const reply = await inTurn.run(send, signal);
			return 'kind' in reply ? reply : classifyRemoval(request, reply);
		} catch (error) {
			if (!isSent && signal.aborted) return notSent('stopped before anything was sent');
			if (error instanceof EngineFault) return withoutAnswer(error);
			throw error;
		}
	};
}

/** Where no connection to the engine came about, nothing was sent; everywhere else it may have been. */
function withoutAnswer(fault: EngineFault): Removal {
	const detail = sanitiseLine(fault.message, 300);
	if (fault.kind === 'refused' || fault.kind === 'missing' || fault.kind === 'forbidden') {
		return notSent(`the engine could not be reached, nothing was sent: ${detail}`);
	}
	return {kind: 'unknown', detail: `the request was sent and no answer came: ${detail}`};
}

function notSent(detail: string): Removal {
	return {kind: 'failed', detail, noSpace: false};
}
