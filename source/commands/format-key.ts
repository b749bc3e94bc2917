/** Keys as help, palette, footer and README write them. */

const symbols: Readonly<Record<string, string>> = {Up: '↑', Down: '↓', Left: '←', Right: '→'};

/** `j ↓`; empty for a command without keys. */
export function formatKeys(keys: readonly string[]): string {
	return keys.map((key) => symbols[key] ?? key).join(' ');
}
