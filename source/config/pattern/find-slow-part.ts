/**
 * Finds what makes a pattern too slow: a repetition that can share out the same text in many ways (catastrophic
 * backtracking), proven with redos-detector, or so many `.*` that a line made for it takes too long, tried out.
 */
import {createContext, Script} from 'node:vm';
import {isSafePattern} from 'redos-detector';
import {parsePattern, type Pattern, type PatternTerm} from './parse-pattern.ts';

/** Ways to match one text that a repetition may have; two come from harmless optional parts. */
const waysAllowed = 16;
const stepsAllowed = 20_000;
const proofMs = 500;

/** Kernel lines are cut at this length. */
const lineLength = 1000;
/** Ordinary patterns take microseconds; a hundred milliseconds of one line stop a board. */
const tryMs = 100;

/** In words, for the person who wrote the pattern; null when it is fast enough. */
export function findSlowPart(text: string): string | null {
	const pattern = parsePattern(text);
	const loop = repeatedGroups(pattern).find(isAmbiguous);
	if (loop !== undefined) {
		return `the repetition ${loop} can match the same text in very many ways, so that one line could stop Sickbay`;
	}
	return isSlowOnHostileLines(text, pattern) ? 'a line made to be slow takes it longer than 0.1 s' : null;
}

/** Groups that repeat without end, inner ones first. */
function repeatedGroups(pattern: Pattern): readonly string[] {
	return pattern.flat().flatMap((term): readonly string[] => {
		if (term.alternatives === null) return [];
		const inner = repeatedGroups(term.alternatives);
		return repeats(term) ? [...inner, term.source] : inner;
	});
}

/** As good as without end: a group of groups of ten is a thousand. */
function repeats({max}: PatternTerm): boolean {
	return max > 8;
}

/** Names of groups and flags do not change how a pattern matches in this respect, and the prover knows neither. */
function isAmbiguous(loop: string): boolean {
	const plain = loop.replaceAll(/\(\?(?:<[A-Za-z_$][\w$]*>|[a-z-]+:)/g, '(?:');
	try {
		const {safe} = isSafePattern(`^${plain}$`, {maxScore: waysAllowed, maxSteps: stepsAllowed, timeout: proofMs});
		return !safe;
	} catch {
		// What cannot be proven is not let in.
		return true;
	}
}

/** Lines that begin to match again and again and never do: each text the pattern demands, and plain runs, repeated. */
function isSlowOnHostileLines(text: string, pattern: Pattern): boolean {
	const context = createContext({lines: hostileLines(literalRuns(pattern)), text});
	try {
		new Script('const pattern = new RegExp(text); for (const line of lines) pattern.test(line);').runInContext(
			context,
			{
				timeout: tryMs,
			},
		);
		return false;
	} catch {
		return true;
	}
}

function hostileLines(texts: readonly string[]): readonly string[] {
	const beginning = texts.slice(0, -1);
	const bits = [...texts, texts.join(' '), beginning.join(''), 'a', ' ', '0', '/', 'a '];
	const lines = [...new Set(bits)]
		.filter((bit) => bit !== '')
		.flatMap((bit) => [fill(bit, lineLength), `${texts[0] ?? ''}${fill(bit, lineLength)}`]);
	const inTurn = beginning.map((bit) => fill(bit, Math.floor(lineLength / beginning.length))).join('');
	return [...lines, inTurn].map((line) => `${line}\u0001`);
}

function fill(bit: string, length: number): string {
	return bit.repeat(Math.ceil(length / bit.length)).slice(0, length);
}

const runsTried = 12;

function literalRuns(pattern: Pattern): readonly string[] {
	const runs: string[] = [];
	const walk = (terms: readonly PatternTerm[]): void => {
		let run = '';
		for (const {character, alternatives} of terms) {
			if (character !== null) run += character;
			else {
				runs.push(run);
				run = '';
			}
			for (const inner of alternatives ?? []) walk(inner);
		}
		runs.push(run);
	};
	for (const terms of pattern) walk(terms);
	return runs.filter((run) => run !== '').slice(0, runsTried);
}
