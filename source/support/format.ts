/** Values as people read them: sizes in the engine's decimal units, ages in the largest unit that says enough. */

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `18 GB`, `1.9 TB`; decimal units, as Docker prints them. */
export function formatBytes(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < sizeUnits.length - 1) {
		value /= 1000;
		unit++;
	}
	const digits = unit === 0 || value >= 9.95 ? 0 : 1;
	return `${value.toFixed(digits)} ${sizeUnits[unit] ?? 'PB'}`;
}

/** `4s`, `12m`, `3h`, `12d`; negative durations count as none. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	if (seconds < 60) return `${seconds}s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
	if (seconds < 86_400 * 2) return `${Math.floor(seconds / 3600)}h`;
	return `${Math.floor(seconds / 86_400)}d`;
}

/** `71 %`: rounded down, so that 100 % means full. */
export function formatRatio(ratio: number): string {
	return `${Math.floor(ratio * 100)} %`;
}

/** `3,912`. */
export function formatCount(count: number): string {
	return count.toLocaleString('en-US');
}

/** `1 container`, `3 containers`. */
export function formatPlural(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
