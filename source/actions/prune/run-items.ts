/** Takes the items of a plan one after another, until the last or until it is not safe to go on. */
import type {HostOperator} from '../../model/host-operator.ts';
import type {ItemOutcome, PruneItem, PrunePlan} from '../../model/prune-plan.ts';
import {ReadingError} from '../../model/reading-error.ts';
import type {PruneAudit} from './audit-prune.ts';
import {isThere} from './find-objects.ts';
import {orderWithoutRoom} from './order-without-room.ts';
import type {PruneProgress} from './prune-progress.ts';
import {removeItem, type Removed} from './remove-item.ts';

export type RunItemsOptions = {
	readonly plan: PrunePlan;
	readonly operator: HostOperator;
	readonly audit: PruneAudit;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: PruneProgress) => void;
	/** Why it cannot even start; null when it can. */
	readonly trouble: string | null;
};

export type ItemRun = {
	/** Of every item, by key. */
	readonly outcomes: ReadonlyMap<string, ItemOutcome>;
	/** Why the rest was not attempted; null when all were. */
	readonly stopped: string | null;
	readonly ranOutOfSpace: boolean;
	readonly isAuditBroken: boolean;
};

const neverAborted = new AbortController().signal;

export async function runItems(options: RunItemsOptions): Promise<ItemRun> {
	const {plan, signal, trouble} = options;
	const outcomes = new Map<string, ItemOutcome>();
	const attempted = new Set<string>();
	const queue = [...plan.items];
	let [stopped, isAuditBroken, ranOutOfSpace] = [trouble, trouble !== null, false];
	const tell = createTeller(options, outcomes);
	for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
		stopped ??= signal.aborted ? 'cancelled' : null;
		if (stopped !== null) {
			tell(item, {kind: 'not-attempted', detail: stopped});
			continue;
		}
		const step = await runStep(item, options);
		stopped = step.stopped;
		isAuditBroken = step.isAuditBroken;
		ranOutOfSpace ||= step.noSpace;
		// What found no room to write, or was refused because of what could not go before it, has one more turn.
		const mayTryAgain = step.noSpace || (ranOutOfSpace && step.outcome.kind === 'in-use');
		if (mayTryAgain && stopped === null && !attempted.has(item.key) && queue.length > 0) {
			attempted.add(item.key);
			queue.splice(0, queue.length, ...orderWithoutRoom(queue), item);
		} else {
			tell(item, step.outcome);
		}
	}
	return {outcomes, stopped, ranOutOfSpace, isAuditBroken};
}

type Tell = (item: PruneItem, outcome: ItemOutcome) => void;

function createTeller({plan, onProgress}: RunItemsOptions, outcomes: Map<string, ItemOutcome>): Tell {
	return (item, outcome) => {
		outcomes.set(item.key, outcome);
		onProgress({kind: 'item-ended', item, outcome, done: outcomes.size, of: plan.items.length});
	};
}

type Step = {
	readonly outcome: ItemOutcome;
	readonly stopped: string | null;
	readonly noSpace: boolean;
	readonly isAuditBroken: boolean;
};

/** Written down before and after; what cannot be written down before is not done. */
async function runStep(item: PruneItem, options: RunItemsOptions): Promise<Step> {
	const {audit, onProgress} = options;
	const brokenBefore = await writeDown(audit.startStep(item));
	if (brokenBefore !== null) {
		const outcome = {kind: 'not-attempted', detail: brokenBefore} as const;
		return {outcome, stopped: brokenBefore, noSpace: false, isAuditBroken: true};
	}
	onProgress({kind: 'item-started', item});
	const {outcome, stopped, noSpace} = await attempt(item, options);
	const brokenAfter = await writeDown(audit.endStep(item, outcome));
	return {outcome, stopped: stopped ?? brokenAfter, noSpace, isAuditBroken: brokenAfter !== null};
}

async function attempt(item: PruneItem, options: RunItemsOptions): Promise<Omit<Step, 'isAuditBroken'>> {
	const {plan, operator, signal} = options;
	const {engine} = operator;
	if (engine === null) return notAttempted('the engine cannot be reached');
	const containers = plan.items.filter(({kind}) => kind === 'container').flatMap(({names}) => names);
	let removed: Removed;
	try {
		removed = await removeItem(item, {engine, plannedContainers: new Set(containers), signal});
	} catch (error) {
		if (signal.aborted) return notAttempted('cancelled');
		if (error instanceof ReadingError) {
			return notAttempted(`whether it is in use could not be looked at: ${error.failure.message}`);
		}
		throw error;
	}
	const {outcome, noSpace} = removed;
	if (outcome.kind === 'unknown') return await lookAfter(item, outcome, operator);
	if (outcome.kind === 'failed' && !noSpace && !(await answers(operator))) {
		return {outcome, noSpace, stopped: 'the engine does not answer any more'};
	}
	return {outcome, noSpace, stopped: null};
}

/** Once, and only to know: an engine that has the request may still be at it, so nothing more is asked of it then. */
async function lookAfter(
	item: PruneItem,
	outcome: Extract<ItemOutcome, {kind: 'unknown'}>,
	operator: HostOperator,
): Promise<Omit<Step, 'isAuditBroken'>> {
	const there = operator.engine === null ? null : await isThere(item, operator.engine, neverAborted);
	if (there === false) return {outcome: {kind: 'removed', freedBytes: null}, noSpace: false, stopped: null};
	const detail = `${outcome.detail}; ${there === null ? 'it could not be looked for' : 'it was still there right after'}`;
	return {outcome: {kind: 'unknown', detail}, noSpace: false, stopped: 'the engine did not answer to a removal'};
}

async function answers({engine}: HostOperator): Promise<boolean> {
	if (engine === null) return false;
	try {
		await engine.readImageUsers(neverAborted);
		return true;
	} catch (error) {
		if (error instanceof ReadingError) return false;
		throw error;
	}
}

function notAttempted(detail: string): Omit<Step, 'isAuditBroken'> {
	return {outcome: {kind: 'not-attempted', detail}, noSpace: false, stopped: detail};
}

/** What went wrong, in words; null when the line is written. */
export async function writeDown(writing: Promise<void>): Promise<string | null> {
	try {
		await writing;
		return null;
	} catch (error) {
		return `the audit could not be written: ${error instanceof Error ? error.message : String(error)}`;
	}
}
