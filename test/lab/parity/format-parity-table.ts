/** The parity rows as the table of docs/ssh.md. */
import type {ParityRow} from './parity-row.ts';

const heads = ['Tried', '`ssh`', 'Sickbay', 'Carried by'] as const;

/** Columns padded as Prettier does. */
export function formatParityTable(rows: readonly ParityRow[]): string {
	const cells = rows.map(cellsOf);
	const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
	const rule = widths.map((width) => '-'.repeat(width));
	return `\n${line(heads)}${line(rule)}${cells.map(line).join('')}\n`;
}

function cellsOf(row: ParityRow): readonly string[] {
	const sickbay = row.differs === undefined ? row.outcome : `${row.differs.outcome}: ${row.differs.why}`;
	const isIn = (row.differs?.outcome ?? row.outcome) === 'in';
	return [row.feature, row.outcome, sickbay, isIn ? (row.carrier ?? 'ssh2') : ''];
}
