/** The plans and runs of this session, newest first. */
import {plansToRun, type PruneRun} from '../../model/prune-desk.ts';
import {formatPlural} from '../../support/format.ts';
import {sumRun} from '../../view-state/prune-page.ts';
import {formatClock} from '../board/header-line.ts';
import {fitText} from '../fit-text.ts';
import {listWindow} from '../findings/list-window.ts';
import {span, type Canvas, type Line} from '../line.ts';
import {formatOutcomes, formatRange} from './prune-words.ts';

export function createActivityLines(
	runs: readonly PruneRun[],
	selection: number | null,
	rows: number,
	{columns}: Canvas,
): readonly Line[] {
	const newest = [...runs].reverse();
	const index = Math.max(
		0,
		newest.findIndex(({id}) => id === selection),
	);
	const {from, to} = listWindow(newest.length, index, rows - 1);
	const nameColumns = Math.max(16, Math.floor(columns / 4));
	return [
		[span(`  ${fitText('SINCE', 8)}  ${fitText('HOSTS', nameColumns)}  WHAT`, 'dim')],
		...newest.slice(from, to).map((run, place): Line => {
			const isSelected = from + place === index;
			return [
				span(isSelected ? '› ' : '  ', 'accent'),
				span(`${formatClock(run.openedAt)}  `, 'dim'),
				span(fitText(namesOf(run), nameColumns), isSelected ? 'inverse' : 'strong'),
				span(`  ${describeRun(run)}`),
			];
		}),
		...(newest.length === 0
			? [[span('  Nothing was planned yet. P on a host, or on marked hosts, plans a prune.', 'dim')]]
			: []),
	];
}

function namesOf({hosts}: PruneRun): string {
	return hosts.length === 1
		? (hosts[0]?.hostName ?? '')
		: `${hosts.length} hosts: ${hosts.map(({hostName}) => hostName).join(' ')}`;
}

function describeRun(run: PruneRun): string {
	const {items, reclaim} = sumRun(run);
	switch (run.stage) {
		case 'planning':
			return plansToRun(run).length === 0
				? 'prune plan'
				: `prune plan: ${formatPlural(items, 'object')}, frees ${formatRange(reclaim)}`;
		case 'given-up':
			return 'prune plan, given up: nothing was removed';
		default:
			return `${run.stage === 'ended' ? 'pruned' : run.stage === 'running' ? 'pruning…' : 'stopping…'} ${formatOutcomes(outcomesOf(run))}`;
	}
}

function outcomesOf({hosts}: PruneRun) {
	return hosts.flatMap(({state}) => {
		if (state.kind === 'running') return [...state.outcomes.values()];
		return state.kind === 'ended' ? [...state.result.outcomes.values()] : [];
	});
}
