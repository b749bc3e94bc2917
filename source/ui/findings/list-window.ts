/** Which rows of a long list are drawn: those around the cursor, without wasting lines at either end. */

export function listWindow(count: number, cursor: number, rows: number): {readonly from: number; readonly to: number} {
	const from = Math.max(0, Math.min(cursor - Math.floor(rows / 2), count - rows));
	return {from, to: from + rows};
}
