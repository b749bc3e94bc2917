/** Checks what the schema cannot: that a signature's pattern is narrow enough, fast on every line, and fits its title. */
import type {DeclaredSignature} from '../model/declared-signature.ts';
import {UserError} from '../model/user-error.ts';
import {quoteWord} from '../support/quote-word.ts';
import {findRequiredTexts} from './pattern/find-required-texts.ts';
import {findSlowPart} from './pattern/find-slow-part.ts';
import {parsePattern} from './pattern/parse-pattern.ts';
import type {SignatureEntry} from './signature-schema.ts';

/** Shorter texts are in too many lines to spare any. */
const shortestText = 4;

/** What a title may name besides the pattern's groups. */
const knownFacts = ['subject', 'count', 'span', 'frame', 'via'];

/** Throws `UserError` naming the entry by position and id, and saying why it cannot be used. */
export function mapSignatureEntries(entries: readonly SignatureEntry[], file: string): readonly DeclaredSignature[] {
	return entries.map((entry, index) => {
		const refuse = (key: string, why: string, hint?: string): never => {
			throw new UserError(`${file}: signatures[${index}].${key} (${entry.id}): ${why}`, hint);
		};
		const literals = requireTexts(entry.pattern, refuse);
		for (const key of ['pattern', 'unless'] as const) {
			const slow = entry[key] === undefined ? null : findSlowPart(entry[key]);
			if (slow !== null) refuse(key, slow, 'Let each part begin or end with a character the others cannot match.');
		}
		requireFacts(entry, refuse);
		return {
			id: entry.id,
			severity: entry.severity,
			category: entry.category ?? 'kernel',
			title: entry.title,
			pattern: entry.pattern,
			unless: entry.unless ?? null,
			literals,
			identifiers: entry.identifiers ?? [],
			meaning: entry.meaning,
			advice: entry.advice,
		};
	});
}

type Refuse = (key: string, why: string, hint?: string) => never;

function requireTexts(pattern: string, refuse: Refuse): readonly string[] {
	if (RegExp(pattern).test('')) {
		return refuse(
			'pattern',
			'it matches an empty line, so it would match every line',
			'Say what the line must contain.',
		);
	}
	const texts = findRequiredTexts(parsePattern(pattern));
	if (texts === null || texts.some(({length}) => length < shortestText)) {
		return refuse(
			'pattern',
			`too broad: it can match without any plain text of ${shortestText} characters`,
			'Write out some words of the line: every line of every host is searched for them first.',
		);
	}
	return [...new Set(texts)];
}

function requireFacts({pattern, title}: SignatureEntry, refuse: Refuse): void {
	const groups = [...pattern.matchAll(/\(\?<([A-Za-z_$][\w$]*)>/g)].map(([, name]) => name ?? '');
	for (const [, name = ''] of title.matchAll(/\{(\w+)\}/g)) {
		if (knownFacts.includes(name) || groups.includes(name)) continue;
		refuse(
			'title',
			`{${name}} is not a group of the pattern`,
			`Name it there: (?${quoteWord(`<${name}>`, 40).slice(1, -1)}...).`,
		);
	}
}
