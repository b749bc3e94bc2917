/** Draws lines, one `Text` each, as high as there are lines: the only component that turns spans into styled text. */
import {Box, Text} from 'ink';
import {createContext, memo, use, type ReactNode} from 'react';
import {fitLine} from './fit-text.ts';
import {sameLine, type Line} from './line.ts';
import {createTheme, type Theme} from './theme.ts';

export const ThemeContext = createContext<Theme>(createTheme({colour: true, ascii: false}));

export type LinesViewProps = {
	readonly lines: readonly Line[];
	readonly columns: number;
	/** Height; missing lines are blank, further ones are not drawn. */
	readonly rows: number;
};

export function LinesView({lines, columns, rows}: LinesViewProps): ReactNode {
	const theme = use(ThemeContext);
	return (
		<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
			{Array.from({length: rows}, (_, index) => (
				<LineView key={index} line={lines[index] ?? []} theme={theme} columns={columns} />
			))}
		</Box>
	);
}

type LineViewProps = {readonly line: Line; readonly theme: Theme; readonly columns: number};

const LineView = memo(
	function LineView({line: whole, theme, columns}: LineViewProps): ReactNode {
		const line = theme.ascii ? fitLine(whole, columns) : whole;
		return (
			<Text wrap="truncate">{line.length === 0 ? ' ' : line.map((part, index) => drawSpan(part, index, theme))}</Text>
		);
	},
	(before, after) =>
		before.theme === after.theme && before.columns === after.columns && sameLine(before.line, after.line),
);

function drawSpan(part: Line[number], index: number, theme: Theme): ReactNode {
	const style = theme.style(part.tone);
	const text = theme.drawable(part.text);
	return style === null ? (
		text
	) : (
		<Text key={index} {...style}>
			{text}
		</Text>
	);
}
