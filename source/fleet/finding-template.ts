/** What is the same in the summaries of one kind of trouble: words stay, its subject and amounts are set aside. */
import type {Finding} from '../model/finding.ts';

/** Stands for the subject; no summary contains it, because control characters are taken out where texts enter. */
const subjectMark = '\u0001';

/** An amount, alone or with its unit: `94`, `1.5`, `3,912`, `12m`. */
const amount = /^(\d[\d.,]*)(s|m|h|d|ms)?$/;
const zeroCode = 48;
const sizeUnits: ReadonlySet<string> = new Set(['B', 'kB', 'MB', 'GB', 'TB', 'PB']);

/** The summary with marks for the subject and for amounts. */
export function templateOf(finding: Finding): string {
	return wordsOf(finding).map(templateWord).join(' ');
}

/**
 * One summary for findings of one template: amounts that differ become a range (`91–94`) or, where they cannot be
 * compared, `…`; where subjects differ, `subjects` (`(3 devices)`) stands at the end instead of each.
 */
export function mergeSummaries(findings: readonly Finding[], subjects: string | null): string {
	const rows = findings.map(wordsOf);
	const [first = []] = rows;
	const words = first.map((word, index) => {
		if (rows.every((row) => row[index] === word)) return word;
		const unit = first[index + 1];
		const sameUnit = rows.every((row) => row[index + 1] === unit);
		return mergeAmounts(
			rows.map((row) => row[index] ?? word),
			sameUnit,
		);
	});
	const [{subject} = {subject: ''}] = findings;
	const text = words.filter((word) => word !== '').join(' ');
	if (subjects === null) return text.replaceAll(subjectMark, subject);
	const pieces = text.split(subjectMark).map(withoutJoint);
	return [...pieces.filter((piece) => piece !== ''), subjects].join(' ');
}

function wordsOf({summary, subject}: Finding): readonly string[] {
	return markSubject(summary, subject).split(' ');
}

/** Only where it stands by itself: a disk called `a` is not the `a` of another word. */
function markSubject(summary: string, subject: string): string {
	if (subject === '') return summary;
	let marked = '';
	let from = 0;
	for (;;) {
		const at = summary.indexOf(subject, from);
		if (at < 0) return marked + summary.slice(from);
		const end = at + subject.length;
		const alone = !isWordCharacter(summary[at - 1]) && !isWordCharacter(summary[end]);
		marked += summary.slice(from, at) + (alone ? subjectMark : subject);
		from = end;
	}
}

function isWordCharacter(character: string | undefined): boolean {
	return character !== undefined && /[\w/]/.test(character);
}

function templateWord(word: string): string {
	if (sizeUnits.has(word)) return 'B';
	const isNumber = word.charCodeAt(0) >= zeroCode && word.charCodeAt(0) <= zeroCode + 9;
	const match = isNumber ? amount.exec(word) : null;
	return match === null ? word : match[2] === undefined ? '#' : '#t';
}

function mergeAmounts(words: readonly string[], sameUnit: boolean): string {
	const [first = ''] = words;
	if (sizeUnits.has(first)) return '';
	const values = words.map((word) => Number(word.replaceAll(',', '')));
	if (!sameUnit || values.some((value) => !Number.isFinite(value))) return '…';
	const least = words[values.indexOf(Math.min(...values))] ?? first;
	const most = words[values.indexOf(Math.max(...values))] ?? first;
	return `${least}–${most}`;
}

/** `EXT4 error on ` without what led to the subject. */
function withoutJoint(piece: string): string {
	return piece.trim().replace(/(?::| on| in| of| at| for| by| from)$/, '');
}
