/** A prune for scripts: every object with what is planned or became of it, every kept one with why. */
import {countOutcomes} from '../actions/prune/describe-outcomes.ts';
import {sumPlans} from '../actions/prune/sum-plans.ts';
import type {KeptItem, PruneItem, PrunePlan, PruneResult} from '../model/prune-plan.ts';
import type {HostPrune} from './host-prune.ts';

export type PruneReportOptions = {
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly version: string;
	readonly demo: boolean;
	/** True when nothing was to be removed. */
	readonly dryRun: boolean;
};

export const pruneSchema = 'sickbay.prune/1';

/** Fields as in `prune-shape.md`; two spaces of indentation, one newline at the end. */
export function formatPruneJson(hosts: readonly HostPrune[], options: PruneReportOptions): string {
	const {now, version, demo, dryRun} = options;
	const shown = hosts.filter((host) => host.kind !== 'merged');
	const planned = shown.filter((host) => host.kind !== 'unread');
	const results = planned.flatMap((host) => (host.kind === 'run' ? [host.result] : []));
	const {items, reclaim} = sumPlans(planned.map(({plan}) => plan));
	const document = {
		schema: pruneSchema,
		generatedAt: new Date(now).toISOString(),
		version,
		demo,
		dryRun,
		totals: {
			hosts: shown.length,
			unreadHosts: shown.length - planned.length,
			items,
			reclaim,
			outcomes: results.length === 0 ? null : countOutcomes(results.flatMap(({outcomes}) => [...outcomes.values()])),
			freedBytes: sumKnown(results.map(({freedBytes}) => freedBytes)),
		},
		hosts: shown.map(mapHost),
	};
	return `${JSON.stringify(document, null, 2)}\n`;
}

/** Null when nothing is known; hosts that could not say are left out. */
function sumKnown(numbers: readonly (number | null)[]): number | null {
	const known = numbers.filter((bytes) => bytes !== null);
	return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

function mapHost(host: HostPrune) {
	const {name, address} = host;
	if (host.kind === 'unread' || host.kind === 'merged') {
		return {name, address, error: host.kind === 'unread' ? host.reason : null, plan: null, result: null};
	}
	const result = host.kind === 'run' ? host.result : null;
	return {name, address, error: null, plan: mapPlan(host.plan, result), result: result && mapResult(result)};
}

function mapPlan(plan: PrunePlan, result: PruneResult | null) {
	const {fingerprint, madeAt, wishes, filesystem, reclaim, advice, unread, items, kept} = plan;
	return {
		fingerprint,
		madeAt: new Date(madeAt).toISOString(),
		wishes,
		filesystem,
		reclaim,
		advice,
		unread,
		items: items.map((item) => ({
			...mapObject(item),
			cautions: item.cautions,
			calls: item.calls,
			outcome: result?.outcomes.get(item.key) ?? null,
		})),
		kept: kept.map((item) => ({...mapObject(item), reason: item.reason})),
	};
}

function mapObject({kind, id, names, sizeBytes, age, why}: PruneItem | KeptItem) {
	const shownAge = age === null ? null : {at: new Date(age.at).toISOString(), kind: age.kind};
	return {kind, id, names, sizeBytes, age: shownAge, why};
}

function mapResult({freedBytes, verification, stopped, advice, startedAt, endedAt}: PruneResult) {
	return {
		freedBytes,
		verification,
		stopped,
		advice,
		startedAt: new Date(startedAt).toISOString(),
		endedAt: new Date(endedAt).toISOString(),
	};
}
