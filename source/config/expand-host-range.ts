/** Expands bracketed ranges in a host name: `web-[01-03]` is `web-01`, `web-02` and `web-03`. */
import {UserError} from '../model/user-error.ts';
import {quoteWord} from '../support/quote-word.ts';

/** More hosts than one board is for: a mistyped range ends here instead of in memory. */
export const maxRangeHosts = 10_000;

const rangeHint = 'Write ranges as web-[01-40] or web-[1,3,7-9].';

/** Numbers longer than this are not counted in, they are typing mistakes. */
const maxDigits = 9;

type Span = {readonly from: number; readonly to: number; readonly width: number};

/**
 * All names of a pattern, in the order written, the last bracket changing fastest; a name without brackets is itself.
 * A first number with leading zeros sets the width of all (`[08-10]`: 08, 09, 10). Throws `UserError` on a malformed
 * range and on more than `maxRangeHosts` names, before any of them is made.
 */
export function expandHostRange(pattern: string): readonly string[] {
	const pieces = splitAtBrackets(pattern);
	let total = 1;
	for (const piece of pieces) {
		if (typeof piece !== 'string') total *= piece.reduce((sum, span) => sum + span.to - span.from + 1, 0);
	}
	if (total > maxRangeHosts) {
		throw new UserError(
			`${quoteWord(pattern)} names ${total.toLocaleString('en-US')} hosts, more than ${maxRangeHosts.toLocaleString('en-US')}`,
			rangeHint,
		);
	}

	let names = [''];
	for (const piece of pieces) {
		const endings = typeof piece === 'string' ? [piece] : piece.flatMap(numbersOf);
		names = names.flatMap((name) => endings.map((ending) => name + ending));
	}
	return names;
}

function splitAtBrackets(pattern: string): readonly (string | readonly Span[])[] {
	const pieces: (string | readonly Span[])[] = [];
	let rest = pattern;
	while (rest !== '') {
		const open = rest.indexOf('[');
		const plain = open === -1 ? rest : rest.slice(0, open);
		if (plain.includes(']')) throw new UserError(`${quoteWord(pattern)} has a "]" without a "[" before it`, rangeHint);
		if (plain !== '') pieces.push(plain);
		if (open === -1) break;
		const close = rest.indexOf(']', open);
		if (close === -1) throw new UserError(`${quoteWord(pattern)} has a "[" without a "]" after it`, rangeHint);
		pieces.push(
			rest
				.slice(open + 1, close)
				.split(',')
				.map((item) => parseSpan(item, pattern)),
		);
		rest = rest.slice(close + 1);
	}
	return pieces;
}

function parseSpan(item: string, pattern: string): Span {
	const match = /^(\d+)(?:-(\d+))?$/.exec(item);
	const first = match?.[1];
	if (first === undefined) {
		throw new UserError(`${quoteWord(item)} in ${quoteWord(pattern)} is not a number or a range of numbers`, rangeHint);
	}
	const last = match?.[2] ?? first;
	const complain = (problem: string): never => {
		throw new UserError(`${quoteWord(item)} in ${quoteWord(pattern)} ${problem}`, rangeHint);
	};
	if (first.length > maxDigits || last.length > maxDigits) complain('has too many digits');
	if (Number(first) > Number(last)) complain('counts down');
	if (last.startsWith('0') && last.length > first.length) complain('pads its numbers to different widths');
	return {from: Number(first), to: Number(last), width: first.startsWith('0') ? first.length : 0};
}

function numbersOf({from, to, width}: Span): readonly string[] {
	return Array.from({length: to - from + 1}, (_, index) => String(from + index).padStart(width, '0'));
}
