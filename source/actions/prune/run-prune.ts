/**
 * Runs a confirmed plan on one host: exactly its items, one at a time, in their order. What it cannot be sure of it does
 * not go on with: a reply that was lost is looked after once and never sent again.
 */
import type {HostOperator} from '../../model/host-operator.ts';
import type {PrunePlan, PruneResult} from '../../model/prune-plan.ts';
import type {Clock} from '../../support/clock.ts';
import type {AuditTrail} from '../audit/audit-trail.ts';
import {createPruneAudit, type PruneAudit} from './audit-prune.ts';
import type {PruneProgress} from './prune-progress.ts';
import {runItems, writeDown, type ItemRun} from './run-items.ts';
import {measureFreed, verifyPrune} from './verify-prune.ts';

export type RunPruneOptions = {
	readonly plan: PrunePlan;
	readonly operator: HostOperator;
	readonly audit: AuditTrail;
	/** Account and machine that runs it, `anna@laptop`. */
	readonly by: string;
	readonly clock: Clock;
	/** Ends the run between two objects; the one under way is finished. */
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: PruneProgress) => void;
};

/** Never rejects but for bugs: whatever goes wrong is an outcome. Every item of the plan has one. */
export async function runPrune(options: RunPruneOptions): Promise<PruneResult> {
	const {plan, operator, clock, signal, onProgress = () => undefined} = options;
	const startedAt = clock.now();
	const audit = createPruneAudit({...options, trail: options.audit});
	onProgress({kind: 'started', plan});
	const before = await readUsedBytes(plan, operator);
	const run = await startAndRun(options, audit, onProgress);
	const {outcomes} = run;
	let {stopped} = run;
	const isUntouched = [...outcomes.values()].every(({kind}) => kind === 'not-attempted');
	onProgress({kind: 'verifying'});
	const freedBytes = isUntouched ? null : await measureFreed({before, outcomes, plan, operator, clock, signal});
	const verification = isUntouched ? 'verified' : await verifyPrune(plan, outcomes, operator);
	if (!run.isAuditBroken) {
		const isCancelled = signal.aborted && stopped !== null;
		stopped = (await writeDown(audit.end(outcomes, {isCancelled, stopped, freedBytes}))) ?? stopped;
	}
	const advice = adviceOn(run, operator);
	const endedAt = clock.now();
	const result: PruneResult = {plan, outcomes, freedBytes, verification, stopped, advice, startedAt, endedAt};
	onProgress({kind: 'ended', result});
	return result;
}

async function startAndRun(
	{plan, operator, signal}: RunPruneOptions,
	audit: PruneAudit,
	onProgress: (progress: PruneProgress) => void,
): Promise<ItemRun> {
	const trouble = await writeDown(audit.start());
	return await runItems({plan, operator, audit, signal, onProgress, trouble});
}

async function readUsedBytes({filesystem}: PrunePlan, operator: HostOperator): Promise<number | null> {
	if (filesystem === null) return null;
	const signal = new AbortController().signal;
	return (await operator.readFilesystem(filesystem.mountPoint, signal))?.usedBytes ?? null;
}

function adviceOn({outcomes, ranOutOfSpace, isAuditBroken}: ItemRun, {hostName}: HostOperator): readonly string[] {
	const kinds = new Set([...outcomes.values()].map(({kind}) => kind));
	return [
		...(ranOutOfSpace
			? [
					'The disk is too full for the engine to write its own lists. Make some room outside its root first (`journalctl --vacuum-size=100M`, `apt-get clean`), then plan again.',
				]
			: []),
		...(isAuditBroken ? ['Make room and rights for the audit file on this machine, then plan again.'] : []),
		...(kinds.has('unknown')
			? [`Nobody knows whether the object under way went. See \`sickbay doctor ${hostName}\`, then plan again.`]
			: []),
	];
}
