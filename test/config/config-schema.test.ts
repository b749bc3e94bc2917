import {readFile, writeFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {formatConfigJsonSchema} from '../../source/config/config-schema.ts';

const schemaFile = new URL('../../config.schema.json', import.meta.url);

type Described = {
	readonly description?: string;
	readonly properties?: Readonly<Record<string, Described>>;
	readonly items?: Described;
	readonly anyOf?: readonly Described[];
	readonly additionalProperties?: unknown;
};

describe('the JSON schema for editors', () => {
	test('that ships is the one the program checks with (UPDATE=1 npx vitest run test/config rewrites it)', async () => {
		if (process.env['UPDATE'] === '1') await writeFile(schemaFile, formatConfigJsonSchema());
		expect(await readFile(schemaFile, 'utf8')).toBe(formatConfigJsonSchema());
	});

	test('explains every key and allows no other', () => {
		const faults: string[] = [];
		let keyCount = 0;
		const check = (schema: Described, path: string): void => {
			const keys = Object.entries(schema.properties ?? {});
			if (keys.length > 0 && schema.additionalProperties !== false) faults.push(`${path} allows other keys`);
			for (const [key, child] of keys) {
				if (!/^.{10,}\.$/s.test(child.description ?? '')) faults.push(`${path}.${key} is not explained`);
				check(child, `${path}.${key}`);
			}
			for (const child of [schema.items, ...(schema.anyOf ?? [])]) {
				if (child !== undefined) check(child, `${path}[]`);
			}
			keyCount += keys.length;
		};
		check(JSON.parse(formatConfigJsonSchema()) as Described, 'config');
		expect(faults).toEqual([]);
		expect(keyCount).toBeGreaterThan(15);
	});
});
