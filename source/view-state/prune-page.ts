/** What the prune dialog lists: hosts, and the objects of each that go or stay, remembered per state of the run. */
import type {HostKey} from '../model/host.ts';
import {plansToRun, type PruneHost, type PruneRun} from '../model/prune-desk.ts';
import type {
	ByteRange,
	ItemOutcome,
	KeptItem,
	PruneItem,
	PruneObjectKind,
	PrunePlan,
	PruneResult,
} from '../model/prune-plan.ts';
import type {PrunePageName, PruneView} from './prune-view.ts';

export type PruneRow =
	| {readonly kind: 'host'; readonly key: string; readonly host: PruneHost}
	| {readonly kind: 'group'; readonly key: string; readonly objects: PruneObjectKind; readonly count: number}
	| {
			readonly kind: 'item';
			readonly key: string;
			readonly hostKey: HostKey;
			readonly item: PruneItem | KeptItem;
			/** False for what was taken out of the plan, and for what stays. */
			readonly isIn: boolean;
			readonly outcome: ItemOutcome | null;
			readonly isUnderWay: boolean;
	  }
	/** What came of a host's run, in one line each. */
	| {readonly kind: 'result'; readonly key: string; readonly of: 'freed' | 'verification'; readonly result: PruneResult}
	| {
			readonly kind: 'text';
			readonly key: string;
			readonly text: string;
			readonly tone: 'caution' | 'plain' | 'trouble' | 'advice';
	  };

export type PrunePage = {readonly rows: readonly PruneRow[]; readonly index: number};

export type PruneTotals = {
	readonly plans: readonly PrunePlan[];
	readonly items: number;
	readonly kept: number;
	readonly itemsByKind: Readonly<Record<PruneObjectKind, number>>;
	readonly reclaim: ByteRange;
};

export const pruneKinds: readonly PruneObjectKind[] = ['container', 'image', 'volume', 'build-cache'];

export type PruneSelector = (run: PruneRun, view: PruneView) => PrunePage;

export function createPruneSelector(): PruneSelector {
	let last: {readonly run: PruneRun; readonly view: PruneView; readonly rows: readonly PruneRow[]} | null = null;
	return (run, view) => {
		const isSame =
			last !== null && last.run === run && last.view.page === view.page && last.view.opened === view.opened;
		if (last === null || !isSame) last = {run, view, rows: selectRows(run, view)};
		const {rows} = last;
		const index = rows.findIndex(({key}) => key === view.selection);
		return {rows, index: index >= 0 ? index : Math.max(0, rows.findIndex(isSelectable))};
	};
}

export function isSelectable({kind}: PruneRow): boolean {
	return kind === 'host' || kind === 'item';
}

/** The plan as it stands, or as it was run; null while there is none. */
export function planOf({state}: PruneHost): PrunePlan | null {
	if (state.kind === 'planned' || state.kind === 'running') return state.plan;
	return state.kind === 'ended' ? state.result.plan : null;
}

/** Of what would be run, or is. */
export function sumRun(run: PruneRun): PruneTotals {
	const active = run.hosts.flatMap((host) => (host.isLeftOut ? [] : (planOf(host) ?? [])));
	const plans = run.stage === 'planning' ? plansToRun(run) : active;
	const itemsByKind = {container: 0, image: 0, volume: 0, 'build-cache': 0};
	let [items, kept, minBytes, maxBytes] = [0, 0, 0, 0];
	for (const plan of active) {
		for (const {kind} of plan.items) itemsByKind[kind]++;
		items += plan.items.length;
		kept += plan.kept.length;
		minBytes += plan.reclaim.minBytes;
		maxBytes += plan.reclaim.maxBytes;
	}
	return {plans, items, kept, itemsByKind, reclaim: {minBytes, maxBytes}};
}

/** True when a slip must not be enough: more than one host, data, or what nobody can fetch again. */
export function wantsWord(run: PruneRun): boolean {
	const plans = plansToRun(run);
	const isGrave = ({kind, cautions}: PruneItem): boolean =>
		kind === 'volume' || cautions.some((caution) => caution.includes('cannot be pulled again'));
	return plans.length > 1 || plans.some(({items}) => items.some(isGrave));
}

/** Why it cannot be run now, in words; null when it can. */
export function whyNotRunnable(run: PruneRun): string | null {
	if (run.stage !== 'planning') return 'this plan has been run or given up';
	const reading = run.hosts.filter(({isLeftOut, state}) => !isLeftOut && state.kind === 'reading');
	const [slow] = reading;
	if (slow !== undefined) return `${slow.hostName} is still being read; Space on it leaves it out`;
	return plansToRun(run).length === 0 ? 'there is nothing to remove' : null;
}

function selectRows(run: PruneRun, {page, opened}: PruneView): readonly PruneRow[] {
	const isOnly = run.hosts.length === 1;
	return run.hosts.flatMap((host): readonly PruneRow[] => {
		const key = `host ${host.hostKey}`;
		const plan = planOf(host);
		const isOpen = isOnly || opened.has(key);
		return [
			{kind: 'host', key, host},
			...stateTexts(host, key),
			...(isOpen && plan !== null && !host.isLeftOut ? selectObjects(host, plan, page, opened) : []),
		];
	});
}

function stateTexts({state}: PruneHost, key: string): readonly PruneRow[] {
	const text = (words: string, index: number, tone: 'trouble' | 'advice'): PruneRow => ({
		kind: 'text',
		key: `${key} ${tone} ${index}`,
		text: words,
		tone,
	});
	if (state.kind === 'failed') return [text(state.reason, 0, 'trouble')];
	if (state.kind === 'planned') {
		const unread = state.plan.unread.map(
			({part, reason}) => `${part} could not be read, so nothing of it goes: ${reason}`,
		);
		return [
			...unread.map((words, index) => text(words, index, 'trouble')),
			...state.plan.advice.map((words, index) => text(words, index, 'advice')),
		];
	}
	if (state.kind !== 'ended') return [];
	const {stopped, advice} = state.result;
	return [
		{kind: 'result', key: `${key} freed`, of: 'freed', result: state.result},
		{kind: 'result', key: `${key} verification`, of: 'verification', result: state.result},
		...(stopped === null ? [] : [text(stopped, 0, 'trouble')]),
		...advice.map((words, index) => text(words, index, 'advice')),
	];
}

function selectObjects(
	host: PruneHost,
	plan: PrunePlan,
	page: PrunePageName,
	opened: PruneView['opened'],
): readonly PruneRow[] {
	const objects = page === 'goes' ? offeredObjects(host, plan) : plan.kept;
	const planned = new Set(plan.items.map(({key}) => key));
	const {outcomes, underWay} = progressOf(host);
	return pruneKinds.flatMap((kind): readonly PruneRow[] => {
		const own = objects.filter((item) => item.kind === kind);
		if (own.length === 0) return [];
		const group: PruneRow = {
			kind: 'group',
			key: `${host.hostKey} ${page} ${kind}`,
			objects: kind,
			count: own.length,
		};
		const rows = own.flatMap((item): readonly PruneRow[] => {
			const key = `${host.hostKey} ${item.key}`;
			const outcome = outcomes.get(item.key) ?? null;
			const row: PruneRow = {
				kind: 'item',
				key,
				hostKey: host.hostKey,
				item,
				isIn: planned.has(item.key),
				outcome,
				isUnderWay: underWay === item.key,
			};
			return [row, ...itemTexts(item, key, outcome, opened.has(key))];
		});
		return [group, ...rows];
	});
}

/** In the order of the plan as it was first made, taken out or not. */
function offeredObjects({offered}: PruneHost, plan: PrunePlan): readonly (PruneItem | KeptItem)[] {
	const byKey = new Map([...plan.kept, ...plan.items].map((item) => [item.key, item]));
	return offered.flatMap((key) => byKey.get(key) ?? []);
}

const noOutcomes: ReadonlyMap<string, ItemOutcome> = new Map();

function progressOf({state}: PruneHost): {
	readonly outcomes: ReadonlyMap<string, ItemOutcome>;
	readonly underWay: string | null;
} {
	if (state.kind === 'running') return state;
	return {outcomes: state.kind === 'ended' ? state.result.outcomes : noOutcomes, underWay: null};
}

/** Cautions always, the rest when asked for. */
function itemTexts(
	item: PruneItem | KeptItem,
	key: string,
	outcome: ItemOutcome | null,
	isOpen: boolean,
): readonly PruneRow[] {
	const cautions = 'cautions' in item && outcome === null ? item.cautions : [];
	const detail = outcome !== null && 'detail' in outcome ? [outcome.detail] : [];
	const facts = isOpen
		? [item.why, ...item.names.slice(1).map((name) => `also ${name}`), item.id, ...('calls' in item ? item.calls : [])]
		: [];
	return [
		...cautions.map((text, index) => ({kind: 'text', key: `${key} caution ${index}`, text, tone: 'caution'}) as const),
		...detail.map((text) => ({kind: 'text', key: `${key} outcome`, text, tone: 'trouble'}) as const),
		...facts.map((text, index) => ({kind: 'text', key: `${key} fact ${index}`, text, tone: 'plain'}) as const),
	];
}
