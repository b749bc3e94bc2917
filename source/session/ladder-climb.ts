/**
 * Keeps one host's ladder over many attempts. A broken rung stays on show while the next attempt climbs, and goes only
 * when what it broke works again, so that a host that fails every retry never looks well in between.
 */
import {isAbove, unclimbed, type BrokenRung, type Ladder, type Rung} from '../model/ladder.ts';
import type {LadderError} from '../model/ladder-error.ts';

export type LadderClimb = {
	/** A new attempt starts from the ground. */
	restart(): void;
	reach(rung: Rung): void;
	/** `retryAt` in milliseconds since the epoch; null when nothing will be tried without a person. */
	breakAt(error: LadderError, at: number, retryAt: number | null): void;
};

export function createLadderClimb(emit: (ladder: Ladder) => void): LadderClimb {
	let ladder: Ladder = unclimbed;
	/** Set while no containers can be seen; survives a change of reason within one outage. */
	let outageSince: number | null = null;

	const show = (next: Ladder): void => {
		ladder = next;
		emit(next);
	};

	return {
		restart() {
			if (ladder.reached !== null) show({...ladder, reached: null});
		},
		reach(rung) {
			const mended = ladder.broken !== null && mends(rung, ladder.broken);
			if (mended) outageSince = null;
			const reached = ladder.reached === null || isAbove(rung, ladder.reached) ? rung : ladder.reached;
			if (mended || reached !== ladder.reached) show({reached, broken: mended ? null : ladder.broken});
		},
		breakAt(error, at, retryAt) {
			outageSince ??= at;
			show({reached: below(error.rung, ladder.reached), broken: brokenRung(error, outageSince, retryAt)});
		},
	};
}

/** What broke below the shell is mended by a shell; what broke in the engine only by a container list. */
function mends(rung: Rung, broken: BrokenRung): boolean {
	return isAbove(broken.rung, 'shell') ? rung === 'list' : !isAbove('shell', rung);
}

function below(broken: Rung, reached: Rung | null): Rung | null {
	if (reached === null || isAbove(broken, reached)) return reached;
	return rungBelow(broken);
}

function rungBelow(rung: Rung): Rung | null {
	switch (rung) {
		case 'resolve':
			return null;
		case 'tcp':
			return 'resolve';
		case 'banner':
			return 'tcp';
		case 'host-key':
			return 'banner';
		case 'authentication':
			return 'host-key';
		case 'shell':
			return 'authentication';
		case 'engine-socket':
			return 'shell';
		case 'ping':
			return 'engine-socket';
		case 'list':
			return 'ping';
	}
}

function brokenRung(error: LadderError, since: number, retryAt: number | null): BrokenRung {
	const {rung, code, message: summary, detail, advice} = error;
	return {rung, code, summary, detail, advice, since, retryAt};
}
