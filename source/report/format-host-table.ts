/** The table of hosts in the text report: one row each, and the reason beside or below it as the width allows. */
import type {Severity} from '../model/finding.ts';
import {padText, truncateText, widestOf} from './fit-text.ts';
import {formatHostCells, type HostCells} from './host-cells.ts';
import type {ReportHost} from './report.ts';
import {severityGlyphs} from '../model/severity-glyphs.ts';

/** Applied to text that is already padded, because escape sequences have no width. */
export type Paint = (severity: Severity, text: string) => string;

type Column = {
	readonly title: string;
	readonly cell: keyof HostCells | 'name';
	/** What it may be narrowed to: with mark and gaps these add up to 80. */
	readonly least: number;
	readonly most: number;
};

const columnsOfHost: readonly Column[] = [
	{title: 'HOST', cell: 'name', least: 18, most: 40},
	{title: 'ENGINE', cell: 'engine', least: 8, most: 16},
	{title: 'DRIVER', cell: 'driver', least: 12, most: 16},
	{title: 'ROOT', cell: 'root', least: 5, most: 5},
	{title: 'IMAGES', cell: 'images', least: 7, most: 7},
	{title: 'KERNEL', cell: 'kernel', least: 9, most: 24},
	{title: 'UP', cell: 'up', least: 4, most: 5},
	{title: 'CTRS', cell: 'containers', least: 7, most: 9},
];

const markWidth = 2;
/** From this width on the reason gets a column of its own, if that much is left for it. */
const wideFrom = 120;
const whyLeast = 30;

/** Lines without trailing spaces, at most `columns` wide from 80 columns on. */
export function formatHostTable(hosts: readonly ReportHost[], columns: number, paint: Paint): readonly string[] {
	const rows = hosts.map((host) => ({severity: host.severity, cells: {name: host.name, ...formatHostCells(host)}}));
	const natural = columnsOfHost.map(({title, cell, most}) =>
		widestOf([title, ...rows.map(({cells}) => cells[cell])], most),
	);
	const widths = narrowTo(columns - markWidth, natural);
	const gap = sum(widths) + 2 * (widths.length - 1) <= columns - markWidth ? '  ' : ' ';
	const whyWidth = columns - markWidth - sum(widths) - gap.length * widths.length;
	const hasWhy = columns >= wideFrom && whyWidth >= whyLeast;

	const line = (name: string, texts: readonly string[], why: string): string => {
		const cells = texts.map((text, index) => padText(text, widths[index + 1] ?? 0));
		return [name, ...(hasWhy ? [padText(why, whyWidth)] : []), ...cells].join(gap).trimEnd();
	};
	const nameWidth = widths[0] ?? 0;
	const [hostColumn, ...otherColumns] = columnsOfHost;
	const title = line(
		`  ${padText(hostColumn?.title ?? '', nameWidth)}`,
		otherColumns.map(({title}) => title),
		'WHY',
	);
	const body = rows.flatMap(({severity, cells}) => {
		const name = paint(severity, `${severityGlyphs[severity]} ${padText(cells.name, nameWidth)}`);
		const row = line(
			name,
			otherColumns.map(({cell}) => cells[cell]),
			cells.why,
		);
		return hasWhy || cells.why === '' ? [row] : [row, `    ${truncateText(cells.why, columns - 4)}`];
	});
	return [title, ...body];
}

/** Takes columns from whichever has most to give until all fit with one space between them. */
function narrowTo(available: number, natural: readonly number[]): readonly number[] {
	const widths = [...natural];
	const spare = (index: number): number => (widths[index] ?? 0) - (columnsOfHost[index]?.least ?? 0);
	while (sum(widths) + widths.length - 1 > available) {
		const widest = widths.reduce((best, _width, index) => (spare(index) > spare(best) ? index : best), 0);
		if (spare(widest) <= 0) break;
		widths[widest] = (widths[widest] ?? 0) - 1;
	}
	return widths;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
