/** Makes, keeps and runs the plans of a session, each host on its own: a sick one delays none of the others. */
import type {HostKey} from '../../model/host.ts';
import {plansToRun, type PruneDesk, type PruneHost, type PruneRun} from '../../model/prune-desk.ts';
import type {PrunePlan, PruneResult} from '../../model/prune-plan.ts';
import {ReadingError} from '../../model/reading-error.ts';
import type {Clock} from '../../support/clock.ts';
import {planPrune} from './plan-prune.ts';
import type {PruneInput} from './prune-input.ts';
import type {PruneProgress} from './prune-progress.ts';
import {createPruneRuns, type PruneRuns} from './prune-runs.ts';
import {togglePruneItem} from './toggle-prune-item.ts';

export type PruneDeskOptions = {
	readonly nameOf: (hostKey: HostKey) => string;
	/** Reads what the host's plan is made from, with the wishes of its group. Rejects with `ReadingError`. */
	readonly gather: (hostKey: HostKey, signal: AbortSignal, onProgress: (words: string) => void) => Promise<PruneInput>;
	/** Rejects with `ReadingError` when the host is gone before anything was done. */
	readonly run: (
		plan: PrunePlan,
		signal: AbortSignal,
		onProgress: (progress: PruneProgress) => void,
	) => Promise<PruneResult>;
	readonly clock: Clock;
	/** Hears of anything but a `ReadingError`. */
	readonly onBug: (error: unknown) => void;
};

/** What was read longer ago is planned anew when it is asked for again. */
const freshMs = 600_000;
/** Plans nobody confirmed keep all that they were made from; the oldest are given up. */
const mostPlans = 10;

/** A run while it is worked on: its end, and what its plans were made from. */
type Work = {readonly stop: AbortController; readonly inputs: Map<HostKey, PruneInput>};

export function createPruneDesk(options: PruneDeskOptions): PruneDesk {
	const {nameOf, clock} = options;
	const runs = createPruneRuns(clock);
	const works = new Map<number, Work>();
	let nextId = 1;

	const stop = (runId: number): void => {
		const stage = runs.find(runId)?.stage;
		if (stage !== 'planning' && stage !== 'running') return;
		runs.change(runId, (known) => ({...known, stage: stage === 'planning' ? 'given-up' : 'stopping'}));
		works.get(runId)?.stop.abort();
		if (stage === 'planning') works.delete(runId);
		runs.notify();
	};

	return {
		getState: runs.getState,
		subscribe: runs.subscribe,
		open(hostKeys) {
			const keys = [...new Set(hostKeys)];
			const same = runs.getState().findLast((known) => isOf(known, keys) && isReturnable(known, clock.now()));
			if (same !== undefined) return same.id;
			const plans = runs.getState().filter(({stage}) => stage === 'planning');
			for (const {id} of plans.slice(0, Math.max(0, plans.length - mostPlans + 1))) stop(id);
			const id = nextId++;
			const work: Work = {stop: new AbortController(), inputs: new Map()};
			works.set(id, work);
			runs.add({id, openedAt: clock.now(), stage: 'planning', hosts: keys.map((key) => newHost(key, nameOf(key)))});
			for (const hostKey of keys) void planHost(id, hostKey, work, runs, options);
			runs.notify();
			return id;
		},
		toggle(runId, hostKey, itemKey) {
			const input = works.get(runId)?.inputs.get(hostKey);
			if (input === undefined || runs.find(runId)?.stage !== 'planning') return;
			runs.changeHost(runId, hostKey, (host) =>
				host.state.kind === 'planned'
					? {...host, state: {kind: 'planned', plan: togglePruneItem(input, host.state.plan, itemKey)}}
					: host,
			);
			runs.notify();
		},
		toggleHost(runId, hostKey) {
			if (runs.find(runId)?.stage !== 'planning') return;
			runs.changeHost(runId, hostKey, (host) => ({...host, isLeftOut: !host.isLeftOut}));
			runs.notify();
		},
		run: (runId) => startRun(runId, works, runs, options),
		stop,
	};
}

function startRun(runId: number, works: Map<number, Work>, runs: PruneRuns, options: PruneDeskOptions): void {
	const confirmed = runs.find(runId);
	const plans = confirmed === undefined ? [] : plansToRun(confirmed);
	if (confirmed?.stage !== 'planning' || plans.length === 0) return;
	// Hosts that are still read have no part in what was confirmed.
	works.get(runId)?.stop.abort();
	const work: Work = {stop: new AbortController(), inputs: new Map()};
	works.set(runId, work);
	runs.change(runId, (known) => started(known, plans));
	runs.notify();
	void Promise.all(plans.map((plan) => runPlan(runId, plan, work, runs, options))).then(() => {
		works.delete(runId);
		runs.change(runId, (known) => ({...known, stage: 'ended'}));
		runs.notify();
	});
}

async function planHost(
	runId: number,
	hostKey: HostKey,
	{stop: {signal}, inputs}: Work,
	runs: PruneRuns,
	{gather, onBug}: PruneDeskOptions,
): Promise<void> {
	const show = (fold: (host: PruneHost) => PruneHost): void => {
		if (signal.aborted) return;
		runs.changeHost(runId, hostKey, fold);
		runs.notifySoon();
	};
	try {
		const input = await gather(hostKey, signal, (progress) =>
			show((host) => ({...host, state: {kind: 'reading', progress}})),
		);
		const plan = planPrune(input);
		inputs.set(hostKey, input);
		show((host) => ({...host, offered: plan.items.map(({key}) => key), state: {kind: 'planned', plan}}));
	} catch (error) {
		if (!signal.aborted && !(error instanceof ReadingError)) onBug(error);
		show((host) => ({...host, state: {kind: 'failed', reason: wordsOf(error)}}));
	}
}

async function runPlan(
	runId: number,
	plan: PrunePlan,
	{stop: {signal}}: Work,
	runs: PruneRuns,
	{run, onBug}: PruneDeskOptions,
): Promise<void> {
	const show = (fold: (host: PruneHost) => PruneHost): void => {
		runs.changeHost(runId, plan.hostKey, fold);
		runs.notifySoon();
	};
	try {
		const result = await run(plan, signal, (progress) => show((host) => withProgress(host, progress)));
		show((host) => ({...host, state: {kind: 'ended', result}}));
	} catch (error) {
		if (!(error instanceof ReadingError)) onBug(error);
		show((host) => ({...host, state: {kind: 'failed', reason: wordsOf(error)}}));
	}
}

function newHost(hostKey: HostKey, hostName: string): PruneHost {
	return {hostKey, hostName, isLeftOut: false, offered: [], state: {kind: 'reading', progress: null}};
}

/** Hosts without a plan to run have no part in it. */
function started(run: PruneRun, plans: readonly PrunePlan[]): PruneRun {
	const planOf = new Map(plans.map((plan) => [plan.hostKey, plan]));
	const hosts = run.hosts.map((host): PruneHost => {
		const plan = planOf.get(host.hostKey);
		if (plan === undefined) return {...host, isLeftOut: true};
		return {...host, state: {kind: 'running', plan, outcomes: new Map(), underWay: null, isVerifying: false}};
	});
	return {...run, stage: 'running', hosts};
}

function withProgress(host: PruneHost, progress: PruneProgress): PruneHost {
	const {state} = host;
	if (state.kind !== 'running') return host;
	switch (progress.kind) {
		case 'item-started':
			return {...host, state: {...state, underWay: progress.item.key}};
		case 'item-ended': {
			const outcomes = new Map(state.outcomes).set(progress.item.key, progress.outcome);
			return {...host, state: {...state, outcomes, underWay: null}};
		}
		case 'verifying':
			return {...host, state: {...state, isVerifying: true, underWay: null}};
		case 'started':
		case 'ended':
			return host;
	}
}

function wordsOf(error: unknown): string {
	if (error instanceof ReadingError) return error.failure.message;
	return error instanceof Error ? error.message : String(error);
}

function isOf({hosts}: PruneRun, keys: readonly HostKey[]): boolean {
	return hosts.length === keys.length && hosts.every(({hostKey}) => keys.includes(hostKey));
}

function isReturnable({stage, openedAt}: PruneRun, now: number): boolean {
	if (stage === 'running' || stage === 'stopping') return true;
	return stage === 'planning' && now - openedAt < freshMs;
}
