/** Lists the keys the schema knows at a place, to help after a mistyped one. */
import {z} from 'zod';
import {configFileSchema} from './config-schema.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Keys that may stand in the map at `path`, e.g. those of a host for `['hosts', 3]`. */
export function listConfigKeys(path: readonly PropertyKey[]): readonly string[] {
	let schemas: readonly JsonSchema[] = [z.toJSONSchema(configFileSchema, {io: 'input'})];
	for (const segment of path) {
		schemas = schemas.flatMap(alternativesOf).flatMap((schema) => {
			const child = typeof segment === 'number' ? schema.items : schema.properties?.[String(segment)];
			return isSchema(child) ? [child] : [];
		});
	}
	return schemas.flatMap(alternativesOf).flatMap((schema) => Object.keys(schema.properties ?? {}));
}

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
	return schema.anyOf?.filter(isSchema) ?? [schema];
}

function isSchema(value: unknown): value is JsonSchema {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
