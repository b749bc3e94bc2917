/** The table of hosts in the text report: one row each, and the reason beside or below it as the width allows. */
import type {Severity} from '../model/finding.ts';
import {padText, truncateText, widestOf} from './fit-text.ts';
import {formatHostCells, type HostCells} from './host-cells.ts';
import type {ReportHost} from './report.ts';
import {severityMarks} from './severity-marks.ts';

/** From this width on the reason has a column of its own. */
const wideColumns = 120;

type Column = {readonly title: string; readonly cell: keyof HostCells; readonly narrow: number; readonly wide: number};

/** With the mark, a name of 18 and the gaps, the narrow limits add up to 80. */
const columnsAfterName: readonly Column[] = [
	{title: 'ENGINE', cell: 'engine', narrow: 8, wide: 14},
	{title: 'DRIVER', cell: 'driver', narrow: 12, wide: 14},
	{title: 'ROOT', cell: 'root', narrow: 5, wide: 5},
	{title: 'IMAGES', cell: 'images', narrow: 7, wide: 7},
	{title: 'KERNEL', cell: 'kernel', narrow: 10, wide: 20},
	{title: 'UP', cell: 'up', narrow: 4, wide: 5},
	{title: 'CTRS', cell: 'containers', narrow: 7, wide: 9},
];

const nameLimits = {narrow: 18, wide: 32};
const whyMinimum = 24;

export type Paint = (severity: Severity, text: string) => string;

/** Lines without trailing spaces, at most `columns` wide. */
export function formatHostTable(hosts: readonly ReportHost[], columns: number, paint: Paint): readonly string[] {
	const rows = hosts.map((host) => ({host, cells: formatHostCells(host)}));
	const size = columns >= wideColumns ? 'wide' : 'narrow';
	const nameWidth = widestOf(['HOST', ...hosts.map(({name}) => name)], nameLimits[size]);
	const widths = columnsAfterName.map((column) =>
		widestOf([column.title, ...rows.map(({cells}) => cells[column.cell])], column[size]),
	);
	const taken = 2 + nameWidth + widths.reduce((sum, width) => sum + width + 1, 0) + 1;
	const whyWidth = size === 'wide' ? columns - taken : 0;
	const hasWhy = whyWidth >= whyMinimum;
	const rest = (texts: readonly string[], why: string): string => {
		const cells = texts.map((text, index) => padText(text, widths[index] ?? 0));
		return [...(hasWhy ? [padText(why, whyWidth)] : []), ...cells].join(' ').trimEnd();
	};
	const titles = columnsAfterName.map(({title}) => title);
	const lines = rows.flatMap(({host: {name, severity}, cells}) => {
		const head = paint(severity, `${severityMarks[severity]} ${padText(name, nameWidth)}`);
		const texts = columnsAfterName.map(({cell}) => cells[cell]);
		const row = `${head} ${rest(texts, cells.why)}`;
		return hasWhy || cells.why === '' ? [row] : [row, `    ${truncateText(cells.why, columns - 4)}`];
	});
	return [`  ${padText('HOST', nameWidth)} ${rest(titles, 'WHY')}`, ...lines];
}
