/** Draws the screen of a headless terminal as SVG: one text run per stretch of equal style, so that it stays readable as text. */
import type {IBufferCell, Terminal} from '@xterm/headless';

const cellWidth = 8.4;
const cellHeight = 18;
const margin = 14;

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

type Run = {column: number; text: string; fill: string; back: string | null; bold: boolean; dim: boolean};

export function drawTerminal(terminal: Terminal): string {
	const {cols, rows} = terminal;
	const width = Math.ceil(cols * cellWidth + margin * 2);
	const height = rows * cellHeight + margin * 2;
	const lines = Array.from({length: rows}, (_, row) => drawLine(terminal, row)).join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve">
${lines}</g>
</svg>
`;
}

function drawLine(terminal: Terminal, row: number): string {
	const runs = runsOf(terminal, row);
	const y = margin + row * cellHeight;
	return runs
		.map((run) => {
			const x = margin + run.column * cellWidth;
			const length = [...run.text].length * cellWidth;
			const back =
				run.back === null
					? ''
					: `<rect x="${x}" y="${y}" width="${length}" height="${cellHeight}" fill="${run.back}"/>`;
			if (run.text.trim() === '') return back;
			const weight = run.bold ? ' font-weight="bold"' : '';
			const opacity = run.dim ? ' opacity="0.6"' : '';
			return `${back}<text x="${x}" y="${y + 14}" textLength="${length}" fill="${run.fill}"${weight}${opacity}>${escapeXml(run.text)}</text>\n`;
		})
		.join('');
}

function runsOf(terminal: Terminal, row: number): Run[] {
	const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
	const runs: Run[] = [];
	if (line === undefined) return runs;
	for (let column = 0; column < terminal.cols; column++) {
		const cell = line.getCell(column);
		if (cell === undefined || cell.getWidth() === 0) continue;
		const style = styleOf(cell);
		const text = cell.getChars() === '' ? ' ' : cell.getChars();
		const last = runs.at(-1);
		if (
			last !== undefined &&
			last.fill === style.fill &&
			last.back === style.back &&
			last.bold === style.bold &&
			last.dim === style.dim
		)
			last.text += text;
		else runs.push({column, text, ...style});
	}
	return runs;
}

function styleOf(cell: IBufferCell): Omit<Run, 'column' | 'text'> {
	const front = cell.isFgDefault() ? foreground : colourOf(cell.isFgRGB(), cell.getFgColor());
	const back = cell.isBgDefault() ? null : colourOf(cell.isBgRGB(), cell.getBgColor());
	const inverse = cell.isInverse() !== 0;
	return {
		fill: inverse ? (back ?? background) : front,
		back: inverse ? front : back,
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
	};
}

function colourOf(isRgb: boolean, colour: number): string {
	if (isRgb) return `#${colour.toString(16).padStart(6, '0')}`;
	return palette[colour] ?? foreground;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
