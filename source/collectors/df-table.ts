/** Reads the portable output of `df -P`: one row per path that was asked for, in that order. */

export type DfRow = {
	readonly device: string;
	/** In units of the table (1024-byte blocks, or inodes); null where `df` prints `-`. */
	readonly total: number | null;
	readonly used: number | null;
	readonly available: number | null;
	readonly mountPoint: string;
};

const rowPattern = /^(.*\S)\s+(\d+|-)\s+(-?\d+|-)\s+(-?\d+|-)\s+(?:\d+%|-)\s+(\/.*)$/;

/** Rows as printed, not sanitised; a device name that stands on a line of its own (old busybox) is joined again. */
export function parseDfTable(text: string): readonly DfRow[] {
	const rows: DfRow[] = [];
	let held = '';
	for (const line of text.split('\n').slice(1, 200)) {
		const match = rowPattern.exec(held === '' ? line : `${held} ${line}`);
		held = match || line.trim() === '' ? '' : line;
		if (!match) continue;
		const [, device = '', total, used, available, mountPoint = ''] = match;
		rows.push({device, total: cell(total), used: cell(used), available: cell(available), mountPoint});
	}
	return rows;
}

function cell(text: string | undefined): number | null {
	return text === undefined || text === '-' ? null : Number(text);
}
