/** Panels above the footer and the help: lists of entries with a cursor. */
import type {PaletteEntry} from '../../commands/select-palette.ts';
import {formatHelp, type HelpLine} from '../../commands/format-help.ts';
import {formatKeys} from '../../commands/format-key.ts';
import {sortKeys, sortTitles} from '../../fleet/select-host-order.ts';
import type {ViewState} from '../../view-state/view-state.ts';
import {displayWidth, fitLine, fitText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line} from '../line.ts';

/** Exactly `rows` lines of commands, the one at `index` under the cursor. */
export function createPaletteLines(
	entries: readonly PaletteEntry[],
	index: number,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	const top = Math.max(0, index - rows + 2);
	const drawn = entries.slice(top, top + rows - 1).map((entry, position) => {
		const {command, disabledReason} = entry;
		const keys = fitText(formatKeys(command.keys), 10);
		const reason = disabledReason === null ? '' : `  (${disabledReason})`;
		const selected = top + position === index;
		const text = ` ${selected ? '›' : ' '} ${keys} ${command.title}${reason}`;
		if (selected) return fitLine([span(fitText(text, canvas.columns), 'inverse')], canvas.columns);
		return [span(text, disabledReason === null ? 'plain' : 'dim')];
	});
	const none: readonly Line[] = entries.length === 0 ? [[span('   no command has these letters', 'dim')]] : [];
	return padded([rule('Commands', canvas), ...drawn, ...none], rows);
}

/** Exactly `rows` lines: the orders the board can have. */
export function createSortLines(index: number, rows: number, canvas: Canvas): readonly Line[] {
	const drawn = sortKeys.map((sort, position): Line => {
		const text = ` ${position === index ? '›' : ' '} ${position + 1} ${sortTitles[sort]}`;
		return [position === index ? span(fitText(text, canvas.columns), 'inverse') : span(text)];
	});
	return padded([rule('Order hosts by', canvas), ...drawn], rows);
}

/** Exactly `rows` lines of help from `offset` on. */
export function createHelpLines(
	view: Pick<ViewState, 'readOnly'>,
	offset: number,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	const help = formatHelp(view);
	const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth));
	const keysWidth = widest(help.map(firstCell)) + 2;
	const whereWidth = widest(help.map((line) => (line.kind === 'command' ? line.where : ''))) + 1;
	const longestTitle = widest(help.map((line) => (line.kind === 'command' ? line.title : ''))) + 2;
	const titleWidth = Math.min(longestTitle, canvas.columns - 3 - keysWidth - whereWidth);
	const lines = help.map((line): Line => {
		if (line.kind === 'blank') return blankLine;
		if (line.kind === 'heading') return [span(` ${line.text}`, 'strong')];
		const first = span(`   ${fitText(firstCell(line), keysWidth)}`, 'accent');
		if (line.kind === 'sign') return [first, span(line.meaning)];
		return [first, span(fitText(line.title, titleWidth)), span(line.where, 'dim')];
	});
	const body = rows - 1;
	const drawn = lines.slice(offset, offset + body);
	const below = lines.length - offset - body;
	if (below > 0) drawn[body - 1] = [span(` ↓ ${below + 1} more lines`, 'dim')];
	return padded([rule('Keys', canvas), ...drawn], rows);
}

function firstCell(line: HelpLine): string {
	return line.kind === 'command' ? line.keys : line.kind === 'sign' ? line.sign : '';
}

function rule(title: string, {columns}: Canvas): Line {
	const text = `── ${title} `;
	return [span(text + '─'.repeat(Math.max(0, columns - displayWidth(text))), 'accent')];
}

function padded(lines: readonly Line[], rows: number): readonly Line[] {
	return [...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, () => blankLine)];
}
