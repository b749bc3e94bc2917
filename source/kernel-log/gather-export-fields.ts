/** Gathers entries of `journalctl -o export` (systemd's Journal Export Format) and `-o verbose`, one field per line. */

export type GatheredFields = Readonly<Record<string, unknown>>;

/** Holds one entry at a time, bounded. */
export type FieldGatherer = {
	/** The entry this line completes, `taken` when it is part of one, null when it is a line like any other. */
	take(line: string): GatheredFields | 'taken' | null;
	/** The entry that the end of the log completes; null for none. */
	end(): GatheredFields | null;
};

/** Only these begin an entry: anything else with a `=` may be text. */
const start = /^__CURSOR=s=|^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,8} \[s=[^\]]{1,300}\]$/;
const field = /^(?: {4})?([A-Z_][A-Z0-9_]{0,63})=(.*)$/s;
/** A name alone: its value, which may hold anything, follows. */
const binaryField = /^([A-Z_][A-Z0-9_]{0,63})$/;
/** The length of such a value stands before it in so many bytes. */
const lengthBytes = 8;
const fieldLimit = 200;
const valueLimit = 10_000;

export function createExportFieldGatherer(): FieldGatherer {
	let fields: Record<string, string> | null = null;
	/** Name of the field that the next line may continue. */
	let open: string | null = null;

	const complete = (): GatheredFields | null => {
		const gathered = fields;
		[fields, open] = [null, null];
		return gathered;
	};
	const set = (into: Record<string, string>, name: string, value: string): void => {
		open = name;
		if (Object.keys(into).length < fieldLimit) into[name] = value;
	};
	const extend = (into: Record<string, string>, line: string): void => {
		const held = open === null ? undefined : into[open];
		if (open === null || held === undefined || held.length > valueLimit) return;
		into[open] = held === '' ? line.slice(lengthBytes) : `${held}\n${line}`;
	};

	return {
		take(line) {
			if (start.test(line)) {
				const previous = complete();
				fields = {};
				const match = field.exec(line);
				if (match) set(fields, match[1] ?? '', match[2] ?? '');
				return previous ?? 'taken';
			}
			if (fields === null) return null;
			if (line === '') return complete() ?? 'taken';
			const match = field.exec(line);
			if (match) set(fields, match[1] ?? '', match[2] ?? '');
			else if (binaryField.test(line)) set(fields, line, '');
			else extend(fields, line);
			return 'taken';
		},
		end: complete,
	};
}
