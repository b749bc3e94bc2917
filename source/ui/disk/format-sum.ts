/** Sums of bytes with the sign that says how sure they are. */
import type {ByteSum} from '../../model/byte-sum.ts';
import {formatBytes} from '../../support/format.ts';

/** `41 GB`; `≤ 41 GB` where less is possible; `≥ 3.0 GB` where something of unknown size comes on top. */
export function formatSum({minBytes, maxBytes}: ByteSum): string {
	if (maxBytes === null) return `≥ ${formatBytes(minBytes)}`;
	return formatBytes(minBytes) === formatBytes(maxBytes) ? formatBytes(maxBytes) : `≤ ${formatBytes(maxBytes)}`;
}

/** `–` for what nobody told. */
export function formatKnown(bytes: number | null): string {
	return bytes === null ? '–' : formatBytes(bytes);
}
