/** Prompts, menus and the palette: the text typed and the entry under the cursor. */
import {parseFilter} from './parse-filter.ts';
import {clamp} from './reduce-board.ts';
import {helpRows} from './screen-layout.ts';
import type {ViewState} from './view-state.ts';

/** A filter takes effect while it is typed; one that cannot be read leaves the last good one in force. */
export function reducePrompt(view: ViewState, text: string): ViewState {
	const {overlay} = view;
	switch (overlay.kind) {
		case 'filter': {
			const parsed = parseFilter(text);
			const problem = parsed.kind === 'bad' ? parsed.problem : null;
			const filterText = parsed.kind === 'ok' ? text : view.filterText;
			return {...view, filterText, overlay: {...overlay, text, problem}};
		}
		case 'search':
			return {...view, overlay: {...overlay, text}};
		case 'palette':
			return {...view, overlay: {...overlay, text, index: 0}};
		default:
			return view;
	}
}

export function reduceOverlayMove(view: ViewState, by: number, count: number): ViewState {
	const {overlay} = view;
	if (overlay.kind === 'help') {
		const most = Math.max(0, count - helpRows(view.size));
		return {...view, overlay: {...overlay, offset: clamp(overlay.offset + by, most)}};
	}
	if (overlay.kind === 'palette' || overlay.kind === 'sort-menu' || overlay.kind === 'host-keys') {
		return {...view, overlay: {...overlay, index: clamp(overlay.index + by, Math.max(0, count - 1))}};
	}
	return view;
}
