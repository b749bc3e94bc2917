/** A terminal without a window: what a program writes is interpreted by xterm and can be read as rows of text. */
import {EventEmitter, once} from 'node:events';
import {PassThrough, Writable} from 'node:stream';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';

export type FakeTerminal = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	/** Rows as a person sees them, without trailing spaces. */
	rows(): readonly string[];
	/** All that was written since the last call, with its control sequences. */
	takeOutput(): string;
	type(text: string): void;
	resize(columns: number, rows: number): void;
	isOnAlternateScreen(): boolean;
	isCursorHidden(): boolean;
	isRaw(): boolean;
	/** Resolves when the predicate holds for what is drawn; rejects, with the screen, after `timeoutMs`. */
	waitFor(predicate: (screen: string) => boolean, timeoutMs?: number): Promise<string>;
};

/** `widths: 'old'` is a terminal that gives emoji other widths than today's tables do. */
export function createFakeTerminal(columns: number, rows: number, widths: 'modern' | 'old' = 'modern'): FakeTerminal {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0, convertEol: true});
	terminal.unicode.register(modernWidths);
	if (widths === 'modern') terminal.unicode.activeVersion = modernWidths.version;
	const drawn = new EventEmitter();
	let output = '';
	let raw = false;
	let cursorHidden = false;
	const stdout = Object.assign(
		new Writable({
			decodeStrings: false,
			write(chunk: string, _encoding, done) {
				output += chunk;
				const [last] = chunk.match(/\u001B\[\?25[hl](?!.*\u001B\[\?25[hl])/s) ?? [];
				if (last !== undefined) cursorHidden = last.endsWith('l');
				terminal.write(chunk, () => {
					drawn.emit('drawn');
					done();
				});
			},
		}),
		{isTTY: true, columns, rows},
	);
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode(mode: boolean) {
			raw = mode;
		},
		ref: () => undefined,
		unref: () => undefined,
	});
	const visibleRows = (): readonly string[] =>
		Array.from({length: terminal.rows}, (_, index) => {
			const {active} = terminal.buffer;
			return (
				active
					.getLine(active.baseY + index)
					?.translateToString(true)
					.trimEnd() ?? ''
			);
		});
	return {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		rows: visibleRows,
		takeOutput() {
			const taken = output;
			output = '';
			return taken;
		},
		type: (text) => void stdin.write(text),
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		isOnAlternateScreen: () => terminal.buffer.active.type === 'alternate',
		isCursorHidden: () => cursorHidden,
		isRaw: () => raw,
		async waitFor(predicate, timeoutMs = 5000) {
			const signal = AbortSignal.timeout(timeoutMs);
			for (;;) {
				const screen = visibleRows().join('\n');
				if (predicate(screen)) return screen;
				try {
					await once(drawn, 'drawn', {signal});
				} catch {
					throw new Error(`not seen within ${timeoutMs} ms; the screen is:\n${visibleRows().join('\n')}`);
				}
			}
		},
	};
}

/** Widths as terminals of today have them; xterm without its add-ons knows those of 2010. */
const modernWidths = {
	version: 'modern',
	wcwidth: (codePoint: number): 0 | 1 | 2 => widthOf(codePoint),
	charProperties: (codePoint: number, preceding: number): number => {
		const width = widthOf(codePoint);
		const joins = width === 0 && preceding !== 0;
		// The layout of xterm's UnicodeService.createPropertyValue.
		return ((joins ? (preceding >> 1) & 3 : width) << 1) | (joins ? 1 : 0);
	},
};

function widthOf(codePoint: number): 0 | 1 | 2 {
	if (codePoint < 0x7f) return 1;
	const width = stringWidth(String.fromCodePoint(codePoint));
	return width === 0 ? 0 : width === 1 ? 1 : 2;
}
