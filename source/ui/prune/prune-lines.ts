/** The prune dialog: what goes and what stays, live progress, outcome, and the two buttons at its foot. */
import type {PruneRun} from '../../model/prune-desk.ts';
import {formatCount, formatDuration, formatPlural} from '../../support/format.ts';
import {planOf, sumRun, whyNotRunnable, type PruneSelector, type PruneTotals} from '../../view-state/prune-page.ts';
import {pruneListRows} from '../../view-state/screen-layout.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, fitLine, truncateText} from '../fit-text.ts';
import {listWindow} from '../findings/list-window.ts';
import {blankLine, span, type Canvas, type Line, type Span} from '../line.ts';
import {createRowLine} from './prune-row-lines.ts';
import {formatObjects, formatRange, formatWishes} from './prune-words.ts';

/** `badges` (DEMO, clock) end the first line. */
export function createPruneLines(
	run: PruneRun | null,
	view: ViewState,
	select: PruneSelector,
	badges: readonly Span[],
	canvas: Canvas,
): readonly Line[] {
	if (run === null) return [[span(' This plan is not kept any more. Esc goes back.', 'dim')]];
	const totals = sumRun(run);
	const rows = pruneListRows(view.size);
	const {rows: all, index} = select(run, view.prune);
	const {from, to} = listWindow(all.length, index, rows);
	const context = {
		page: view.prune.page,
		isRun: run.stage !== 'planning' && run.stage !== 'given-up',
		isOnly: run.hosts.length === 1,
		canvas,
	};
	const drawn = all.slice(from, to).map((row, place) => createRowLine(row, from + place === index, context));
	const rule: Line = [span('─'.repeat(canvas.columns), 'dim')];
	return [
		createTitle(run, badges, canvas),
		createTotals(run, totals),
		createWishes(run, canvas),
		createPages(run, totals, view),
		rule,
		...drawn,
		...Array.from({length: rows - drawn.length}, () => blankLine),
		rule,
		createButtons(run, totals, view, canvas),
	];
}

const stageWords: Readonly<Record<PruneRun['stage'], string>> = {
	planning: 'Prune plan',
	running: 'Pruning',
	stopping: 'Stopping',
	ended: 'Pruned',
	'given-up': 'Plan given up',
};

function createTitle({stage, hosts, openedAt}: PruneRun, badges: readonly Span[], {columns, now}: Canvas): Line {
	const names = hosts.length === 1 ? (hosts[0]?.hostName ?? '') : formatPlural(hosts.length, 'host');
	const age = stage === 'planning' ? `  asked ${formatDuration(now - openedAt)} ago` : '';
	const room = columns - badges.reduce((sum, {text}) => sum + displayWidth(text), 0);
	const title: Line = [span(` ${stageWords[stage]} `, 'strong'), span(`· ${names}`, 'strong'), span(age, 'dim')];
	return [...fitLine(title, room), ...badges];
}

function createTotals(run: PruneRun, totals: PruneTotals): Line {
	const reading = run.hosts.filter(({isLeftOut, state}) => !isLeftOut && state.kind === 'reading').length;
	const failed = run.hosts.filter(({isLeftOut, state}) => !isLeftOut && state.kind === 'failed').length;
	const bytes = totals.items === 0 ? '' : `, frees ${formatRange(totals.reclaim)}`;
	return [
		span(
			` ${formatObjects(totals)}${totals.items === 0 ? ' goes' : ''}${bytes}`,
			totals.items === 0 ? 'dim' : 'accent',
		),
		...(reading > 0 ? [span(` · ${formatCount(reading)} still being read`, 'dim')] : []),
		...(failed > 0 ? [span(` · ${formatCount(failed)} not readable`, 'warning')] : []),
	];
}

/** One line only where all hosts have the same. */
function createWishes({hosts}: PruneRun, {columns}: Canvas): Line {
	const wishes = new Set(
		hosts.flatMap((host) => {
			const plan = planOf(host);
			return plan === null ? [] : [formatWishes(plan.wishes)];
		}),
	);
	const [only] = wishes;
	if (only === undefined) return blankLine;
	const words = wishes.size === 1 ? only : 'each host by the wishes of its own group';
	return [span(truncateText(` asked for: ${words}`, columns), 'dim')];
}

function createPages({stage}: PruneRun, {items, kept}: PruneTotals, {prune}: ViewState): Line {
	const pages = [
		['goes', `1 ${stage === 'planning' ? 'goes' : 'planned'} (${formatCount(items)})`],
		['stays', `2 stays (${formatCount(kept)})`],
	] as const;
	return pages.map(([page, words]) => (page === prune.page ? span(`[${words}]`, 'inverse') : span(` ${words} `)));
}

function createButtons(run: PruneRun, totals: PruneTotals, view: ViewState, {columns}: Canvas): Line {
	const [cancel, act, why] = buttonsOf(run, totals);
	const button = (words: string, hasFocus: boolean): Span =>
		hasFocus ? span(`[ ${words} ]`, 'inverse') : span(`  ${words}  `);
	const isCancel = view.prune.focus === 'cancel' || act === null;
	return fitLine(
		[
			span(' '),
			button(cancel, isCancel),
			span('  '),
			...(act === null ? [] : [button(act, !isCancel)]),
			...(why === null ? [] : [span(`  ${why}`, 'dim')]),
		],
		columns,
	);
}

/** The button that changes nothing, the other one if there is any, and why the latter cannot act. */
function buttonsOf(run: PruneRun, {plans}: PruneTotals): readonly [string, string | null, string | null] {
	const count = plans.reduce((sum, {items}) => sum + items.length, 0);
	const hosts = plans.length > 1 ? ` on ${formatPlural(plans.length, 'host')}` : '';
	switch (run.stage) {
		case 'planning': {
			const why = whyNotRunnable(run);
			return ['Cancel', why === null ? `Remove ${formatPlural(count, 'object')}${hosts}` : null, why];
		}
		case 'running':
			return ['Leave it running', 'Stop after the object under way', null];
		case 'stopping':
			return ['Leave', null, 'stops after the object under way'];
		case 'ended':
		case 'given-up':
			return ['Close', null, null];
	}
}
