/** Reads os-release(5): `KEY=value` lines, values quoted as a shell would. */
import {sanitiseLine} from '../support/sanitise.ts';

/** Values sanitised, at most 200 long; lines that are no assignment are passed over. */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
	const fields = new Map<string, string>();
	for (const line of text.split('\n').slice(0, 100)) {
		const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
		if (match?.[1] !== undefined) fields.set(match[1], sanitiseLine(unquote(match[2] ?? ''), 200));
	}
	return fields;
}

function unquote(value: string): string {
	if (value.startsWith("'")) return value.slice(1, value.endsWith("'") && value.length > 1 ? -1 : undefined);
	const inner = value.startsWith('"')
		? value.slice(1, value.endsWith('"') && value.length > 1 ? -1 : undefined)
		: value;
	return inner.replace(/\\(["$`\\])/g, '$1');
}
