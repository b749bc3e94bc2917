/** Gathers objects that are printed one field per line: `dmesg --json` and `journalctl -o json-pretty`. */
import type {FieldGatherer, GatheredFields} from './gather-export-fields.ts';

/** `"pri": 5,` of dmesg, `"MESSAGE" : "…",` of the journal. */
const field = /^\s{1,40}"([A-Za-z_][A-Za-z0-9_]{0,63})"\s{0,4}:\s{0,20}(\S.*)$/;
const bracket = /^\s{0,40}(?:"dmesg": ?\[|\},? ?\{|\}\]|\]\}|[[\]{}]),?\s{0,4}$/;
const fieldLimit = 200;

export function createJsonFieldGatherer(): FieldGatherer {
	let fields: Record<string, unknown> | null = null;
	let count = 0;

	const complete = (): GatheredFields | null => {
		const gathered = count > 0 ? fields : null;
		[fields, count] = [null, 0];
		return gathered;
	};

	return {
		take(line) {
			if (bracket.test(line)) {
				const entry = line.includes('}') ? complete() : null;
				if (line.includes('{')) fields = {};
				return entry ?? 'taken';
			}
			const match = fields === null ? null : field.exec(line);
			if (!match || fields === null) return null;
			count += 1;
			if (count <= fieldLimit) fields[match[1] ?? ''] = parseValue(match[2] ?? '');
			return 'taken';
		},
		end: complete,
	};
}

function parseValue(text: string): unknown {
	const value = text.trimEnd();
	try {
		return JSON.parse(value.endsWith(',') ? value.slice(0, -1) : value);
	} catch {
		return null;
	}
}
