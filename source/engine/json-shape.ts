/** Reads fields out of JSON of unknown shape; what is missing or of another type becomes a plain empty value. */
import {sanitiseLine} from '../support/sanitise.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function asArray(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** One sanitised line; empty when it is not a string. */
export function asText(value: unknown, maxLength = 256): string {
	return typeof value === 'string' ? sanitiseLine(value, maxLength) : '';
}

export function asNumber(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Sanitised pairs, at most 100. */
export function asLabels(value: unknown): Readonly<Record<string, string>> {
	const pairs = Object.entries(asObject(value)).slice(0, 100);
	return Object.fromEntries(pairs.map(([key, text]) => [sanitiseLine(key, 200), asText(text, 500)]));
}
