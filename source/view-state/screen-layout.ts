/** How many lines and columns each part of the screen gets; the parts always add up to the whole screen. */
import type {Overlay, ScreenSize} from './view-state.ts';

export const smallestSize: ScreenSize = {columns: 60, rows: 15};

/** Lines above the tab's content in the host view: title, ladder, system, vitals, tabs, rule. */
export const hostHeaderRows = 6;

/** Header and column titles above the rows of the board. */
export const boardHeaderRows = 2;

export const footerRows = 1;

/** From this width on the board shows the selected host's findings beside the rows. */
export const sidePaneFromColumns = 180;

export function isTooSmall(size: ScreenSize): boolean {
	return size.columns < smallestSize.columns || size.rows < smallestSize.rows;
}

export function boardListRows(size: ScreenSize): number {
	return Math.max(1, size.rows - boardHeaderRows - footerRows);
}

/** Rows of the prune dialog's list: without title, totals, wishes, pages, two rules and buttons. */
export function pruneListRows(size: ScreenSize): number {
	return Math.max(1, size.rows - 7 - footerRows);
}

export function hostContentRows(size: ScreenSize): number {
	return Math.max(1, size.rows - hostHeaderRows - footerRows);
}

/** Lines of the help's text; the help takes the place of everything but the first and the last line. */
export function helpRows(size: ScreenSize): number {
	return panelRows({kind: 'help', offset: 0}, size) - 1;
}

/** Width of the side pane; 0 where there is none. */
export function sidePaneColumns(size: ScreenSize): number {
	return size.columns >= sidePaneFromColumns ? Math.min(80, Math.floor(size.columns * 0.3)) : 0;
}

/** Lines that a panel above the footer covers; 0 for overlays that are only a prompt in the footer. */
export function panelRows(overlay: Overlay, size: ScreenSize): number {
	if (overlay.kind === 'help') return Math.max(2, size.rows - 1 - footerRows);
	if (overlay.kind === 'host-keys') return Math.max(8, Math.floor((size.rows * 2) / 3));
	if (overlay.kind === 'question') return Math.min(12, size.rows - boardHeaderRows - footerRows);
	if (overlay.kind === 'sort-menu') return 7;
	if (overlay.kind === 'palette') return Math.min(14, Math.floor(size.rows / 2));
	return 0;
}
