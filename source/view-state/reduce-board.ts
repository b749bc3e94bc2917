/** The board's cursor, window and marks: the cursor stays on its host through every change of order. */
import type {HostKey} from '../model/host.ts';
import {boardListRows} from './screen-layout.ts';
import type {Step, ViewAction} from './view-action.ts';
import {routeBack, type ViewState} from './view-state.ts';

type OrderChange = Extract<ViewAction, {kind: 'order-changed'}>;

export function reduceOrder(view: ViewState, {order, known}: OrderChange): ViewState {
	const selection = survivingSelection(view, order);
	const marks = [...view.marks].every((key) => known.has(key))
		? view.marks
		: new Set([...view.marks].filter((key) => known.has(key)));
	const lostHost = view.route.kind === 'host' && !known.has(view.route.hostKey);
	if (order === view.order && marks === view.marks && !lostHost) return view;
	return withVisibleCursor({...view, order, selection, marks, route: lostHost ? routeBack(view) : view.route});
}

export function reduceCursor(view: ViewState, step: Step, direction: 1 | -1): ViewState {
	if (view.order.length === 0) return view;
	const from = view.selection === null ? 0 : Math.max(0, view.order.indexOf(view.selection));
	const to = clamp(from + direction * stepLength(step, boardListRows(view.size)), view.order.length - 1);
	const selection = view.order[to];
	return selection === undefined ? view : withVisibleCursor({...view, selection});
}

export function reduceMark(view: ViewState, hostKey: HostKey): ViewState {
	const marks = new Set(view.marks);
	if (!marks.delete(hostKey)) marks.add(hostKey);
	return {...view, marks};
}

/** Moves the window of rows as little as possible to show the cursor and waste no lines. */
export function withVisibleCursor(view: ViewState): ViewState {
	const rows = boardListRows(view.size);
	const cursor = view.selection === null ? 0 : Math.max(0, view.order.indexOf(view.selection));
	const least = Math.max(0, cursor - rows + 1);
	const top = Math.min(Math.max(view.top, least), cursor, Math.max(0, view.order.length - rows));
	return top === view.top ? view : {...view, top};
}

export function stepLength(step: Step, rows: number): number {
	switch (step) {
		case 'line':
			return 1;
		case 'half-page':
			return Math.max(1, Math.floor(rows / 2));
		case 'page':
			return Math.max(1, rows - 1);
		case 'all':
			return Number.MAX_SAFE_INTEGER;
	}
}

export function clamp(value: number, most: number): number {
	return Math.max(0, Math.min(value, most));
}

/** The selected host if it is still listed, else its nearest neighbour that is, those below first. */
function survivingSelection(view: ViewState, order: readonly HostKey[]): HostKey | null {
	const {selection} = view;
	if (selection === null) return null;
	const listed = new Set(order);
	if (listed.has(selection)) return selection;
	const at = view.order.indexOf(selection);
	const below = view.order.slice(at + 1).find((key) => listed.has(key));
	return below ?? view.order.slice(0, Math.max(0, at)).findLast((key) => listed.has(key)) ?? null;
}
