/** The last line: an open prompt, else what just happened or which keys there are, and at the right what is in force. */
import {selectFooterHints} from '../../commands/select-footer.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, fitLine, truncateText} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span} from '../line.ts';

/** Long enough to be read, short enough that nobody waits for the keys to come back. */
const noticeMs = 2000;

/**
 * `canvas.now` must be the wall clock here, also when the picture is frozen. `attention` is what waits for the person;
 * it stands before the hints, and behind nothing but an open prompt.
 */
export function createFooterLine(view: ViewState, canvas: Omit<Canvas, 'markOf'>, attention: Line = []): Line {
	const {overlay} = view;
	if (overlay.kind === 'filter') {
		const hint =
			overlay.problem === null ? span('  Enter keep · Esc give up', 'dim') : span(`  ▲ ${overlay.problem}`, 'warning');
		return prompt('/', overlay.text, hint, canvas);
	}
	if (overlay.kind === 'search')
		return prompt('search /', overlay.text, span('  Enter find · Esc give up', 'dim'), canvas);
	if (overlay.kind === 'palette')
		return prompt(':', overlay.text, span('  ↑ ↓ choose · Enter run · Esc close', 'dim'), canvas);
	if (overlay.kind === 'sort-menu') return [span(' ↑ ↓ choose · Enter sort · Esc close', 'dim')];
	if (overlay.kind === 'host-keys')
		return [span(' ↑ ↓ look · y accept this one · A accept all · Enter, n or Esc accept none', 'dim')];
	if (overlay.kind === 'question') return [span(' Enter answer · Esc later · ^x go without', 'dim')];
	if (overlay.kind === 'prune-word')
		return prompt(
			'Type prune to remove what is planned: ',
			overlay.typed,
			span('  Enter remove · Esc give up', 'dim'),
			canvas,
		);
	if (overlay.kind === 'help') return [span(' ↑ ↓ scroll · Esc close', 'dim')];
	const status = createStatus(view, Math.floor(canvas.columns / 2));
	const room = canvas.columns - displayWidth(status.text);
	const left = room - attention.reduce((width, {text}) => width + displayWidth(text), 0);
	return [...fitLine([...attention, ...createHints(view, canvas.now, left)], room), status];
}

function prompt(sign: string, text: string, hint: Span, canvas: Omit<Canvas, 'markOf'>): Line {
	const room = canvas.columns - displayWidth(sign) - 3;
	const shown = displayWidth(text) > room ? `…${text.slice(-(room - 1))}` : text;
	return [span(` ${sign}`, 'accent'), span(shown), span('▏', 'accent'), hint];
}

/** As many hints as fit whole. */
function createHints(view: ViewState, now: number, room: number): Line {
	const {notice} = view;
	if (notice !== null && now - notice.at < noticeMs) return [span(` ${notice.text}`, 'accent')];
	let left = room;
	return selectFooterHints(view).flatMap(({keys, words}): Line => {
		const hint: Line = [span(` ${keys}`, 'accent'), span(` ${words} `, 'dim')];
		left -= hint.reduce((sum, part) => sum + displayWidth(part.text), 0);
		return left < 0 ? [] : hint;
	});
}

/** What changes the picture without being seen in it: filter, only sick hosts, marks. */
function createStatus(view: ViewState, width: number): Span {
	if (view.route.kind !== 'board' && view.route.kind !== 'findings') return span('');
	const parts: string[] = [];
	if (view.marks.size > 0 && view.route.kind === 'board') parts.push(formatMarks(view));
	if (view.onlySick) parts.push('only sick');
	if (view.filterText !== '') parts.push(`filter ${view.filterText}`);
	return parts.length === 0 ? span('') : span(truncateText(` ${parts.join(' · ')} `, width), 'warning');
}

/** Marks that the filter hides are counted aloud, so that nothing is done to hosts nobody sees. */
function formatMarks({marks, order}: ViewState): string {
	const shown = new Set(order);
	const hidden = [...marks].filter((key) => !shown.has(key)).length;
	return hidden === 0 ? `${marks.size} marked` : `${marks.size} marked, ${hidden} hidden`;
}
