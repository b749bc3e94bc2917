/** The desk at which the screen plans and runs prunes: over the connections the board has open, with the audit of the command line. */
import {homedir, hostname, userInfo} from 'node:os';
import {createAuditFile} from '../actions/audit/audit-file.ts';
import type {AuditTrail} from '../actions/audit/audit-trail.ts';
import {findAuditFile} from '../actions/audit/find-audit-file.ts';
import {defaultWishes} from '../actions/prune/default-wishes.ts';
import {gatherPruneInput, type GatherProgress} from '../actions/prune/gather-prune-input.ts';
import {createPruneDesk} from '../actions/prune/prune-desk.ts';
import {runPrune} from '../actions/prune/run-prune.ts';
import {choosePruneWishes} from '../config/prune-defaults.ts';
import type {HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {PruneInput} from '../actions/prune/prune-input.ts';
import type {PruneDesk} from '../model/prune-desk.ts';
import type {PruneResult} from '../model/prune-plan.ts';
import {valueOf} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import {pause, type Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {OpenFleet} from './open-fleet.ts';

export type ScreenPruneDesk = {
	readonly desk: PruneDesk;
	/** Ends runs between two objects. */
	close(): Promise<void>;
};

/** Hosts whose objects are removed at the same time. */
const hostsAtOnce = 8;

/** How long quitting waits for the objects under way. */
const patienceMs = 10_000;

export type ScreenPruneFleet = Pick<OpenFleet, 'store' | 'supervisor' | 'config' | 'demo'>;

export function createScreenPruneDesk(
	fleet: ScreenPruneFleet,
	clock: Clock,
	onBug: (error: unknown) => void,
): ScreenPruneDesk {
	// What happens to the demo fleet happened to nobody.
	const audit = fleet.demo ? forgetful : createAuditFile(findAuditFile(process.env, homedir()));
	const by = sanitiseLine(`${userInfo().username}@${hostname()}`, 200);
	const inTurn = createLimiter(hostsAtOnce);
	const closing = new AbortController();
	const underWay = new Set<Promise<unknown>>();
	const keep = <T>(run: Promise<T>): Promise<T> => {
		const ended = run.catch(() => undefined).finally(() => underWay.delete(ended));
		underWay.add(ended);
		return run;
	};
	const untilClosed = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);
	const desk = createPruneDesk({
		clock,
		onBug,
		nameOf: (hostKey) => fleet.store.getState().hosts.get(hostKey)?.host.name ?? hostKey,
		gather: (hostKey, signal, onProgress) => gather(fleet, hostKey, clock, untilClosed(signal), onProgress),
		run(plan, signal, onProgress) {
			const ends = untilClosed(signal);
			const start = (): Promise<PruneResult> =>
				runPrune({plan, operator: operatorOf(fleet, plan.hostKey), audit, by, clock, signal: ends, onProgress});
			return keep(inTurn.run(start));
		},
	});
	return {
		desk,
		async close() {
			closing.abort();
			// So that the object under way is not left unknown for want of a second.
			const waited = new AbortController();
			await Promise.race([Promise.all(underWay), pause(clock, patienceMs, waited.signal)]);
			waited.abort();
			await audit.close();
		},
	};
}

function operatorOf({supervisor}: ScreenPruneFleet, hostKey: HostKey): HostOperator {
	const operator = supervisor.operate(hostKey);
	if (operator === null) throw new ReadingError('lost', 'the host is not connected');
	return operator;
}

async function gather(
	fleet: ScreenPruneFleet,
	hostKey: HostKey,
	clock: Clock,
	signal: AbortSignal,
	onProgress: (words: string) => void,
): Promise<PruneInput> {
	const state = fleet.store.getState().hosts.get(hostKey);
	if (state === undefined) throw new ReadingError('lost', 'the host is not in the fleet any more');
	const {identity, engine} = state.readings;
	const clockAt = valueOf(identity)?.clockAt ?? null;
	return await gatherPruneInput({
		operator: operatorOf(fleet, hostKey),
		info: valueOf(engine),
		wishes: choosePruneWishes(state.host, {}, fleet.config.prune, defaultWishes),
		clock,
		clockAheadMs: identity.kind === 'ok' && clockAt !== null ? clockAt - identity.at : 0,
		signal,
		onProgress: (progress) => onProgress(formatProgress(progress)),
	});
}

const forgetful: AuditTrail = {write: () => Promise.resolve(), close: () => Promise.resolve()};

const stepWords: Readonly<Record<GatherProgress['step'], string>> = {
	'disk-usage': 'asking what keeps the disk',
	times: 'asking when things were last used',
	layers: 'asking which layers images share',
};

function formatProgress({step, done, of}: GatherProgress): string {
	return `${stepWords[step]}, ${done} of ${of}`;
}
