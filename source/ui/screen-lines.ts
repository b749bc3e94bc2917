/** The whole screen as lines, always exactly as many as the terminal has rows. */
import {openRunOf} from '../commands/prune-commands.ts';
import {selectPalette} from '../commands/select-palette.ts';
import type {CommandContext} from '../commands/command.ts';
import type {FleetState} from '../fleet/fleet-state.ts';
import {selectFleetCounts} from '../fleet/select-fleet-counts.ts';
import {selectKernelMarks} from '../fleet/select-kernel-mark.ts';
import {selectFleetMessage} from '../fleet/select-fleet-message.ts';
import {isTooSmall, panelRows, smallestSize} from '../view-state/screen-layout.ts';
import type {ViewState} from '../view-state/view-state.ts';
import {createBoardLines} from './board/board-lines.ts';
import {createHeaderLine, formatClock} from './board/header-line.ts';
import {formatDuration} from '../support/format.ts';
import {createFindingsLines} from './findings/findings-lines.ts';
import {createHostKeyReviewLines} from './host-key-review/host-key-review-lines.ts';
import {createHostLines} from './host/host-lines.ts';
import {blankLine, span, type Canvas, type Line, type Span} from './line.ts';
import {createFooterLine} from './overlays/footer-line.ts';
import {createAttentionWords} from './prompt/attention-words.ts';
import {createQuestionLines} from './prompt/question-lines.ts';
import {createActivityLines} from './prune/activity-lines.ts';
import {createPruneLines} from './prune/prune-lines.ts';
import {createHelpLines, createPaletteLines, createSortLines} from './overlays/panel-lines.ts';

export type Picture = {
	readonly view: ViewState;
	readonly fleet: FleetState;
	/** Wall clock, milliseconds since the epoch. */
	readonly now: number;
	readonly title: string;
	readonly demo: boolean;
	/** For the palette, which says why a command cannot act, and for what was selected already. */
	readonly context: CommandContext;
};

export function createScreenLines(picture: Picture): readonly Line[] {
	const {view, now} = picture;
	const {columns, rows} = view.size;
	if (isTooSmall(view.size)) return exactly(rows, tooSmallLines(view));
	const canvas: Canvas = {now: view.frozen?.at ?? now, columns, markOf: selectKernelMarks(picture.fleet)};
	const body = createBody(picture, canvas);
	const panel = createPanel(picture, canvas);
	const words = createAttentionWords(picture.context.attention.getState());
	return [...exactly(rows - 1 - panel.length, body), ...panel, createFooterLine(view, {now, columns}, words)];
}

function createBody(picture: Picture, canvas: Canvas): readonly Line[] {
	const {view, now, context} = picture;
	const live = {...canvas, now};
	switch (view.route.kind) {
		case 'host':
			return hostBody(picture, canvas);
		case 'prune':
			return createPruneLines(openRunOf(context), view, context.selectPrune, createBadges(picture), live);
		default:
			return listBody(picture, canvas);
	}
}

/** Board and findings stand under the same header: both are about all hosts. */
function listBody({view, fleet, title, demo, now, context}: Picture, canvas: Canvas): readonly Line[] {
	const frozenAt = view.frozen?.at ?? null;
	const message = selectFleetMessage(fleet);
	const facts = {title, demo, counts: selectFleetCounts(fleet), message, frozenAt, now};
	const header = createHeaderLine(facts, canvas.columns);
	if (view.route.kind === 'board') return [header, ...createBoardLines(view, fleet, canvas)];
	if (view.route.kind === 'activity') {
		const runs = context.prune?.getState() ?? [];
		return [header, ...createActivityLines(runs, view.activitySelection, view.size.rows - 2, canvas)];
	}
	return [header, ...createFindingsLines(view, fleet, context.findings, canvas)];
}

function hostBody(picture: Picture, canvas: Canvas): readonly Line[] {
	const {view, fleet, context} = picture;
	return createHostLines(view, fleet, createBadges(picture), context.disk, canvas);
}

function createBadges({view, demo, now}: Picture): readonly Span[] {
	const badges: Span[] = [];
	if (demo) badges.push(span(' '), span(' DEMO ', 'badge'));
	if (view.frozen !== null) badges.push(span(' '), span(` FROZEN ${formatDuration(now - view.frozen.at)} `, 'badge'));
	badges.push(span(` ${formatClock(now)} `));
	return badges;
}

function createPanel({view, context}: Picture, canvas: Canvas): readonly Line[] {
	const {overlay} = view;
	const rows = panelRows(overlay, view.size);
	switch (overlay.kind) {
		case 'help':
			return createHelpLines(view, overlay.offset, rows, canvas);
		case 'host-keys':
			return createHostKeyReviewLines(overlay.reviews, overlay.index, rows, canvas);
		case 'question': {
			const {questions} = context.attention.getState();
			const question = questions.find(({id}) => id === overlay.id);
			return createQuestionLines(question, overlay, rows, canvas);
		}
		case 'sort-menu':
			return createSortLines(overlay.index, rows, canvas);
		case 'palette':
			return createPaletteLines(selectPalette(context, overlay.text), overlay.index, rows, canvas);
		default:
			return [];
	}
}

function tooSmallLines({size}: ViewState): readonly Line[] {
	return [
		[span('Too small for Sickbay', 'strong')],
		[span(`${size.columns}x${size.rows}, needs ${smallestSize.columns}x${smallestSize.rows}`)],
		[span('q quits', 'dim')],
	];
}

function exactly(rows: number, lines: readonly Line[]): readonly Line[] {
	return Array.from({length: Math.max(0, rows)}, (_, index) => lines[index] ?? blankLine);
}
