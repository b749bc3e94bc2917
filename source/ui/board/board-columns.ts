/** Which columns the board has at a given width: less important ones go first, so that WHY keeps room for words. */
export type CellName = 'engine' | 'driver' | 'root' | 'images' | 'kernel' | 'containers';

export type ColumnName = CellName | 'since' | 'uptime' | 'seen';

export type Column = {
	readonly name: ColumnName;
	readonly title: string;
	readonly width: number;
	readonly right: boolean;
};

export type BoardColumns = {
	readonly hostWidth: number;
	readonly whyWidth: number;
	readonly columns: readonly Column[];
};

/** Cursor, mark, glyph and a space. */
export const gutterWidth = 4;

/** In the order in which they are drawn. */
const allColumns: readonly Column[] = [
	{name: 'since', title: 'FOR', width: 4, right: true},
	{name: 'engine', title: 'ENGINE', width: 9, right: false},
	{name: 'driver', title: 'DRIVER', width: 9, right: false},
	{name: 'root', title: 'ROOT', width: 8, right: true},
	{name: 'images', title: 'IMAGES', width: 13, right: false},
	{name: 'kernel', title: 'KERNEL', width: 16, right: false},
	{name: 'uptime', title: 'UP', width: 5, right: true},
	{name: 'containers', title: 'CTRS', width: 8, right: true},
	{name: 'seen', title: 'SEEN', width: 4, right: true},
];

/** Most important first. */
const priority: readonly ColumnName[] = [
	'seen',
	'containers',
	'since',
	'engine',
	'root',
	'images',
	'driver',
	'uptime',
	'kernel',
];

export function selectBoardColumns(width: number, longestName: number): BoardColumns {
	const hostWidth = Math.max(8, Math.min(longestName, width < 100 ? 16 : 28));
	const leastWhy = Math.max(36, Math.floor(width * 0.33));
	let left = width - gutterWidth - hostWidth - 1;
	const shown = new Set<ColumnName>();
	for (const name of priority) {
		const column = allColumns.find((column) => column.name === name);
		if (column === undefined || left - column.width - 1 < leastWhy) break;
		left -= column.width + 1;
		shown.add(name);
	}
	return {hostWidth, whyWidth: left, columns: allColumns.filter((column) => shown.has(column.name))};
}
