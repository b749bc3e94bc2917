/**
 * Decides whether a silent engine is to blame itself. When a whole host falls silent its engine does too, so an engine
 * counts as hung only once the host's shell has answered after it.
 */
import type {EngineEvent} from '../engine/watch-engine.ts';
import type {LadderError} from '../model/ladder-error.ts';

export type EngineBlame = {
	/** Takes every change of the engine's own rungs. */
	hear(event: EngineEvent & {kind: 'rung' | 'broken'}): void;
	/** The host's shell has just answered. */
	hostAnswered(): void;
};

export type EngineBlameOptions = {
	/** Asks the host's shell for an answer, now. */
	readonly askHost: () => void;
	readonly onReached: (rung: 'engine-socket' | 'ping' | 'list' | 'info', note: string | null) => void;
	readonly onBroken: (error: LadderError) => void;
};

const hungCodes: ReadonlySet<string> = new Set(['engine-hung', 'containerd-hung']);

export function createEngineBlame({askHost, onReached, onBroken}: EngineBlameOptions): EngineBlame {
	let suspected: LadderError | null = null;
	return {
		hear(event) {
			suspected = null;
			if (event.kind === 'rung') onReached(event.reached, event.note ?? null);
			else if (!hungCodes.has(event.error.code)) onBroken(event.error);
			else {
				suspected = event.error;
				askHost();
			}
		},
		hostAnswered() {
			const error = suspected;
			suspected = null;
			if (error !== null) onBroken(error);
		},
	};
}
