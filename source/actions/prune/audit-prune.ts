/** The audit of one run: a line for the plan, its confirmation and its end, and two for each object. */
import type {AuditEntry} from '../../model/audit-entry.ts';
import type {HostOperator} from '../../model/host-operator.ts';
import type {ItemOutcome, PruneItem, PrunePlan} from '../../model/prune-plan.ts';
import type {Clock} from '../../support/clock.ts';
import type {AuditTrail} from '../audit/audit-trail.ts';
import {describeOutcomes} from './describe-outcomes.ts';

export type PruneAudit = {
	/** What was planned, and that it was confirmed and starts now. */
	start(): Promise<void>;
	/** On the disk when it resolves: a program that dies then leaves the object's name behind. */
	startStep(item: PruneItem): Promise<void>;
	endStep(item: PruneItem, outcome: ItemOutcome): Promise<void>;
	end(outcomes: ReadonlyMap<string, ItemOutcome>, facts: EndFacts): Promise<void>;
};

export type EndFacts = {
	readonly isCancelled: boolean;
	readonly stopped: string | null;
	readonly freedBytes: number | null;
};

export type PruneAuditOptions = {
	readonly trail: AuditTrail;
	readonly plan: PrunePlan;
	readonly operator: Pick<HostOperator, 'bootId'>;
	/** Account and machine, `anna@laptop`. */
	readonly by: string;
	readonly clock: Clock;
};

/** Every method rejects when its line could not be written. */
export function createPruneAudit({trail, plan, operator, by, clock}: PruneAuditOptions): PruneAudit {
	const entry = (event: AuditEntry['event'], facts: Partial<AuditEntry> = {}): AuditEntry => ({
		at: clock.now(),
		by,
		host: plan.hostName,
		bootId: operator.bootId,
		action: 'prune',
		plan: plan.fingerprint,
		event,
		subject: null,
		outcome: null,
		detail: null,
		bytes: null,
		...facts,
	});
	return {
		async start() {
			const detail = `${plan.items.length} objects, frees ${plan.reclaim.minBytes} to ${plan.reclaim.maxBytes} bytes`;
			await trail.write({...entry('planned', {detail, bytes: plan.reclaim.minBytes}), at: plan.madeAt});
			await trail.write(entry('confirmed'));
			await trail.write(entry('started'), {durable: true});
		},
		startStep: (item) =>
			trail.write(entry('step-started', {subject: item.key, detail: item.names.join(', ')}), {durable: true}),
		endStep: (item, outcome) =>
			trail.write(
				entry('step-ended', {
					subject: item.key,
					outcome: outcome.kind,
					detail: 'detail' in outcome ? outcome.detail : null,
					bytes: 'freedBytes' in outcome ? outcome.freedBytes : null,
				}),
			),
		end: (outcomes, {isCancelled, stopped, freedBytes}) =>
			trail.write(
				entry(isCancelled ? 'cancelled' : 'ended', {
					outcome: describeOutcomes(outcomes.values()),
					detail: stopped,
					bytes: freedBytes,
				}),
				{durable: true},
			),
	};
}
