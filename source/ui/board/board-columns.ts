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
	/** Spaces before each column after WHY. */
	readonly gap: number;
};

/** Columns that the widest content of each takes. */
export type ContentWidths = Readonly<Record<ColumnName | 'host' | 'why', number>>;

/** Cursor, mark, glyph and a space. */
export const gutterWidth = 4;

/** `least`: what the column may be cut to; `most`: what it gets of longer content; `roomy`: once WHY has enough. */
type ColumnPlan = Omit<Column, 'width'> & {readonly least: number; readonly most: number; readonly roomy?: number};

/** In the order in which they are drawn. */
const allColumns: readonly ColumnPlan[] = [
	{name: 'since', title: 'FOR', least: 4, most: 5, right: true},
	{name: 'engine', title: 'ENGINE', least: 7, most: 12, right: false},
	{name: 'driver', title: 'DRIVER', least: 8, most: 13, right: false},
	{name: 'root', title: 'ROOT', least: 5, most: 9, right: true},
	{name: 'images', title: 'IMAGES', least: 13, most: 17, right: false},
	{name: 'kernel', title: 'KERNEL', least: 14, most: 18, roomy: 28, right: false},
	{name: 'uptime', title: 'UP', least: 4, most: 5, right: true},
	{name: 'containers', title: 'CTRS', least: 5, most: 10, right: true},
	{name: 'seen', title: 'SEEN', least: 4, most: 5, right: true},
];

/** Most important first: how full the disk is matters more than what fills it. */
const priority: readonly ColumnName[] = [
	'seen',
	'containers',
	'since',
	'root',
	'engine',
	'images',
	'kernel',
	'driver',
	'uptime',
];

/** What WHY keeps before any further column is shown, and before a cut one gets more. */
const leastWhy = 40;
const comfortableWhy = 60;

export function selectBoardColumns(width: number, content: ContentWidths): BoardColumns {
	const hostWidth = Math.max(8, Math.min(content.host, width < 100 ? 16 : 28));
	const reserved = Math.min(leastWhy, Math.floor(width / 2));
	let left = width - gutterWidth - hostWidth - 1;
	const widths = new Map<ColumnName, number>();
	for (const name of priority) {
		const plan = allColumns.find((column) => column.name === name);
		if (plan === undefined) continue;
		const natural = Math.max(plan.title.length, Math.min(content[name], plan.most));
		const fitting = Math.min(natural, left - reserved - 1);
		if (fitting < Math.min(natural, plan.least)) break;
		widths.set(name, fitting);
		left -= fitting + 1;
	}
	const columns = allColumns.flatMap(({name, title, right, roomy = 0}): Column[] => {
		const fitted = widths.get(name);
		if (fitted === undefined) return [];
		const more = Math.max(0, Math.min(Math.min(content[name], roomy) - fitted, left - comfortableWhy));
		left -= more;
		return [{name, title, width: fitted + more, right}];
	});
	const isRoomy = left - columns.length >= Math.max(reserved, content.why);
	return {hostWidth, whyWidth: isRoomy ? left - columns.length : left, columns, gap: isRoomy ? 2 : 1};
}
