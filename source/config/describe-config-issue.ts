/** Puts what the schema objects to into words for the person who wrote the file. */
import type {z} from 'zod';
import {closestWord} from '../support/closest-word.ts';
import {quoteWord} from '../support/quote-word.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {listConfigKeys} from './list-config-keys.ts';

type Issue = z.core.$ZodIssue;

export type ConfigProblem = {
	/** Key path, e.g. `['hosts', 2, 'port']`. */
	readonly path: readonly PropertyKey[];
	/** Whether the key or its value is at fault. */
	readonly at: 'key' | 'value';
	/** Names the key path. */
	readonly message: string;
	readonly hint?: string;
};

/** Nobody mends more in one go, and describing each takes a walk through the schema. */
export const maxProblems = 100;

/** One or more problems for an issue; `root` is the whole value, from which what was found is named. */
export function describeConfigIssue(issue: Issue, root: unknown, base: readonly PropertyKey[] = []): ConfigProblem[] {
	const path = [...base, ...issue.path];
	const found = valueAt(root, path);
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.slice(0, maxProblems).map((key) => describeUnknownKey(path, key));
		case 'invalid_union': {
			const branch = issue.errors.find((errors) => !errors.some(isWrongKind));
			if (branch !== undefined) return branch.flatMap((inner) => describeConfigIssue(inner, root, path));
			const expected = issue.errors.flat().filter(isWrongKind).map(nameExpected);
			return [atValue(path, `expected ${expected.join(' or ')}, found ${nameFound(found)}`)];
		}
		case 'invalid_type': {
			if (found === undefined) return [atValue(path, 'is missing')];
			if (found === null)
				return [
					{
						...atValue(path, `expected ${nameExpected(issue)}, found nothing`),
						hint: 'Give it a value, or remove the key.',
					},
				];
			const isWhole = path.length === 0;
			return [
				atValue(
					path,
					`${isWhole ? 'the file must be a map of settings' : `expected ${nameExpected(issue)}`}, found ${nameFound(found)}`,
				),
			];
		}
		case 'invalid_value':
			return [describeChoice(path, issue.values.map(String), found)];
		case 'too_big':
			return [atValue(path, describeLimit('at most', issue.maximum, issue.origin))];
		case 'too_small':
			return [atValue(path, describeLimit('at least', issue.minimum, issue.origin))];
		case 'custom': {
			const hint: unknown = issue.params?.['hint'];
			return [{...atValue(path, issue.message), ...(typeof hint === 'string' ? {hint} : {})}];
		}
		default:
			return [atValue(path, sanitiseLine(issue.message, 300))];
	}
}

/** `hosts[2].labels.env`. */
export function formatKeyPath(path: readonly PropertyKey[]): string {
	let text = '';
	for (const segment of path) {
		if (typeof segment === 'number') text += `[${segment}]`;
		else text += `${text === '' ? '' : '.'}${sanitiseLine(String(segment), 60)}`;
	}
	return text;
}

function atValue(path: readonly PropertyKey[], words: string): ConfigProblem {
	return {path, at: 'value', message: path.length === 0 ? words : `${formatKeyPath(path)}: ${words}`};
}

function describeUnknownKey(parent: readonly PropertyKey[], key: string): ConfigProblem {
	const known = listConfigKeys(parent);
	const meant = closestWord(key, known);
	const hint = meant === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?`;
	return {path: [...parent, key], at: 'key', message: `unknown key ${formatKeyPath([...parent, key])}`, hint};
}

function describeChoice(path: readonly PropertyKey[], choices: readonly string[], found: unknown): ConfigProblem {
	const meant = typeof found === 'string' ? closestWord(found, choices) : null;
	const problem = atValue(path, `expected ${choices.join(' or ')}, found ${nameFound(found)}`);
	return meant === null ? problem : {...problem, hint: `Did you mean ${meant}?`};
}

function describeLimit(words: string, limit: number | bigint, origin: string): string {
	const unit = {string: ' characters', array: ' entries'}[origin] ?? '';
	return `must be ${words} ${limit}${unit}`;
}

/** True for the branch of a union that the value was never meant for. */
function isWrongKind(issue: Issue): boolean {
	return issue.code === 'invalid_type' && issue.path.length === 0;
}

function nameExpected(issue: Issue): string {
	const expected = issue.code === 'invalid_type' ? issue.expected : 'something else';
	const names: Readonly<Record<string, string>> = {
		string: 'a text',
		number: 'a number',
		int: 'a whole number',
		boolean: 'true or false',
		array: 'a list',
		object: 'a map',
		record: 'a map',
	};
	return names[expected] ?? expected;
}

function nameFound(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'a map';
	const shown = quoteWord(String(value), 60);
	return typeof value === 'string' ? `the text ${shown}` : shown.slice(1, -1);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
	let value = root;
	for (const segment of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
		value = (value as Readonly<Record<PropertyKey, unknown>>)[segment];
	}
	return value;
}
