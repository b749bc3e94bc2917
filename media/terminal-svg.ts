/** Draws the screen of a headless terminal as SVG that stays text: one element per stretch of equal style. */
import type {IBufferCell, Terminal} from '@xterm/headless';

const cellWidth = 8.4;
const cellHeight = 19;
const baseline = 14;
const margin = 16;

/** The 16 colours of the picture; the first eight plain, then bright. */
const palette = [
	'#1c2028',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#c8ccd4',
	'#7f8794',
	'#ff7a85',
	'#b5e890',
	'#ffd68a',
	'#82c4ff',
	'#dd9bf0',
	'#7fd6e2',
	'#ffffff',
];
const background = '#15181e';
const foreground = '#c8ccd4';

type Style = {
	readonly fill: string;
	readonly back: string | null;
	readonly bold: boolean;
	readonly dim: boolean;
};
type Run = Style & {readonly column: number; readonly text: string; readonly columns: number};
type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** `title` is what is read aloud instead of the picture. */
export function drawTerminal(terminal: Terminal, title: string): string {
	const {cols, rows} = terminal;
	const width = Math.ceil(cols * cellWidth + margin * 2);
	const height = rows * cellHeight + margin * 2;
	const lines = Array.from({length: rows}, (_, row) => drawRow(terminal, row)).join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve" style="white-space:pre">
${lines}</g>
</svg>
`;
}

function drawRow(terminal: Terminal, row: number): string {
	const runs = runsOf(terminal, row);
	const y = margin + row * cellHeight;
	const grounds = runs.reduce<readonly Run[]>(growGround, []).map((run) => rectangle(boxOf(run, y), run.back ?? ''));
	return [...grounds, ...runs.map((run) => drawRun(withoutOuterSpaces(run), y))].join('');
}

/** One rectangle behind all neighbours of one background: between two, renderers leave a hair. */
function growGround(grounds: readonly Run[], run: Run): readonly Run[] {
	if (run.back === null) return grounds;
	const last = grounds.at(-1);
	const touches = last?.back === run.back && last.column + last.columns === run.column;
	return last !== undefined && touches ? [...grounds.slice(0, -1), join(last, run)] : [...grounds, run];
}

function boxOf({column, columns}: Run, y: number): Box {
	return {x: round(margin + column * cellWidth), y, width: round(columns * cellWidth), height: cellHeight};
}

function drawRun(run: Run, y: number): string {
	const {text, fill, bold, dim} = run;
	if (text === '') return '';
	const box = boxOf(run, y);
	const opacity = dim ? ' opacity="0.6"' : '';
	const shape = shapes[text];
	if (shape !== undefined) return shape(box, fill, opacity);
	const weight = bold ? ' font-weight="bold"' : '';
	return `<text x="${box.x}" y="${y + baseline}" textLength="${box.width}" fill="${fill}"${weight}${opacity}>${escapeXml(text)}</text>\n`;
}

/** Characters that must join their neighbours: fonts leave gaps between rows of this height. */
const shapes: Readonly<Record<string, (box: Box, fill: string, opacity: string) => string>> = {
	'─': (box, fill, opacity) => rectangle({...box, y: box.y + cellHeight / 2, height: 1}, fill, opacity),
	'│': (box, fill, opacity) => rectangle({...box, x: round(box.x + cellWidth / 2), width: 1}, fill, opacity),
	'█': (box, fill, opacity) => rectangle(insideRow(box), fill, opacity),
	'░': (box, fill) => rectangle(insideRow(box), fill, ' opacity="0.2"'),
};

function insideRow(box: Box): Box {
	return {...box, y: box.y + 4, height: cellHeight - 8};
}

function rectangle({x, y, width, height}: Box, fill: string, opacity = ''): string {
	return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${opacity}/>\n`;
}

/** Text beyond ASCII stands alone, because the font that has the character may give it another width. */
function runsOf(terminal: Terminal, row: number): readonly Run[] {
	const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
	const runs: Run[] = [];
	for (let column = 0; column < terminal.cols; column++) {
		const cell = line?.getCell(column);
		if (cell === undefined || cell.getWidth() === 0) continue;
		const run = {column, text: cell.getChars() || ' ', columns: cell.getWidth(), ...styleOf(cell)};
		const last = runs.at(-1);
		if (last !== undefined && joins(last, run)) runs[runs.length - 1] = join(last, run);
		else runs.push(run);
	}
	return runs;
}

function joins(last: Run, next: Run): boolean {
	const isAlike =
		last.fill === next.fill && last.back === next.back && last.bold === next.bold && last.dim === next.dim;
	return isAlike && isAscii(last.text) && isAscii(next.text);
}

function join(last: Run, next: Run): Run {
	return {...last, text: last.text + next.text, columns: last.columns + next.columns};
}

/** Renderers disagree about spaces at the ends of a text. */
function withoutOuterSpaces(run: Run): Run {
	const text = run.text.trimStart();
	const before = run.text.length - text.length;
	const after = text.length - text.trimEnd().length;
	return {...run, column: run.column + before, text: text.trimEnd(), columns: run.columns - before - after};
}

function styleOf(cell: IBufferCell): Style {
	const front = cell.isFgDefault() ? foreground : colourOf(cell.isFgRGB(), cell.getFgColor());
	const back = cell.isBgDefault() ? null : colourOf(cell.isBgRGB(), cell.getBgColor());
	const isInverse = cell.isInverse() !== 0;
	return {
		fill: isInverse ? (back ?? background) : front,
		back: isInverse ? front : back,
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
	};
}

function colourOf(isRgb: boolean, colour: number): string {
	if (isRgb) return `#${colour.toString(16).padStart(6, '0')}`;
	return palette[colour] ?? foreground;
}

function isAscii(text: string): boolean {
	return /^[ -~]*$/.test(text);
}

function round(length: number): number {
	return Number(length.toFixed(1));
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
