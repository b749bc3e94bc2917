/**
 * Keeps one host's ladder over many attempts. A broken rung stays on show while the next attempt climbs, and goes only
 * when what it broke works again, so that a host that fails every retry never looks well in between.
 */
import {isAbove, rungs, unclimbed, type BrokenRung, type ClimbStep, type Ladder, type Rung} from '../model/ladder.ts';
import type {LadderError} from '../model/ladder-error.ts';

export type LadderClimb = {
	/** A new attempt starts from the ground. `at` in milliseconds since the epoch. */
	restart(at: number): void;
	/** `note` is what the far side offered or what was used, one sanitised line. */
	reach(rung: Rung, at: number, note?: string | null): void;
	/** `retryAt` in milliseconds since the epoch; null when nothing will be tried without a person. */
	breakAt(error: LadderError, at: number, retryAt: number | null): void;
	/** The shell broke, and the climb goes on without one, to the engine alone. */
	goWithoutShell(error: LadderError, at: number): void;
};

export function createLadderClimb(emit: (ladder: Ladder) => void): LadderClimb {
	let ladder: Ladder = unclimbed;
	let startedAt: number | null = null;
	/** Set while no containers can be seen; survives a change of reason within one outage. */
	let outageSince: number | null = null;
	let lostAt: number | null = null;

	const show = (next: Ladder): void => {
		ladder = next;
		emit(next);
	};
	/** An engine is asked on in vain within one attempt: it broke when it first did. */
	let firstBreak: {readonly code: string; readonly afterMs: number} | null = null;
	const afterMsOf = ({code}: LadderError, afterMs: number): number => {
		if (firstBreak?.code !== code) firstBreak = {code, afterMs};
		return firstBreak.afterMs;
	};
	const describe = (error: LadderError, at: number, since: number, retryAt: number | null): BrokenRung => ({
		...brokenRung(error, since, retryAt),
		...(startedAt === null ? {} : {afterMs: afterMsOf(error, at - startedAt)}),
		...(lostAt === null ? {} : {lostAt}),
	});

	return {
		restart(at) {
			startedAt = at;
			firstBreak = null;
			if (ladder.reached !== null || ladder.withoutShell) show({reached: null, broken: ladder.broken});
		},
		reach(rung, at, note = null) {
			const mended = ladder.broken !== null && mends(rung, ladder.broken);
			if (mended) outageSince = firstBreak = null;
			if (!isAbove('shell', rung)) lostAt = null;
			const climbed = ladder.reached === null || isAbove(rung, ladder.reached);
			if (!mended && !climbed) return;
			const steps = withStep(ladder.steps ?? [], {rung, afterMs: at - (startedAt ?? at), note});
			const reached = climbed ? rung : ladder.reached;
			show({...ladder, reached, broken: mended ? null : ladder.broken, steps});
		},
		breakAt(error, at, retryAt) {
			outageSince ??= at;
			const stood = ladder.reached !== null && !isAbove('authentication', ladder.reached);
			if (stood && endsConnection.has(error.code)) lostAt ??= at;
			const {withoutShell, ...rest} = ladder;
			const broken = describe(error, at, outageSince, retryAt);
			const kept = withoutShell !== undefined && isAbove(error.rung, 'shell') ? {withoutShell} : {};
			const steps = (ladder.steps ?? []).filter(({rung}) => isAbove(error.rung, rung));
			show({...rest, ...kept, reached: below(error.rung, ladder.reached), broken, steps});
		},
		goWithoutShell(error, at) {
			show({...ladder, withoutShell: describe(error, at, at, null)});
		},
	};
}

/** Breaks of a connection that stood. */
const endsConnection: ReadonlySet<string> = new Set(['lost', 'lost-with-bastion', 'slept']);

/**
 * What broke below the shell is mended by a shell; what broke in the engine only by a container list, and its
 * description only by itself.
 */
function mends(rung: Rung, broken: BrokenRung): boolean {
	if (broken.rung === 'info') return rung === 'info';
	return isAbove(broken.rung, 'shell') ? rung === 'list' : !isAbove('shell', rung);
}

function withStep(steps: readonly ClimbStep[], step: ClimbStep): readonly ClimbStep[] {
	return [...steps.filter(({rung}) => rung !== step.rung), step];
}

function below(broken: Rung, reached: Rung | null): Rung | null {
	if (reached === null || isAbove(broken, reached)) return reached;
	return rungs[rungs.indexOf(broken) - 1] ?? null;
}

function brokenRung(error: LadderError, since: number, retryAt: number | null): BrokenRung {
	const {rung, code, message: summary, detail, advice, bastion, bastionBroke, hostKey} = error;
	return {
		rung,
		code,
		summary,
		detail,
		advice,
		since,
		retryAt,
		...(bastion === null ? {} : {bastion}),
		...(bastionBroke ? {bastionBroke} : {}),
		...(hostKey === null ? {} : {hostKey}),
	};
}
