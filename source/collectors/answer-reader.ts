/** Splits what the probe prints into answers: sections by name, ended by the request's own end mark. */
import {StringDecoder} from 'node:string_decoder';
import {endMark, sectionMark} from '../model/probe-protocol.ts';

/** Raw text of each section; parsers sanitise what they keep. */
export type ProbeAnswer = ReadonlyMap<string, string>;

export type CompletedAnswer = {
	readonly request: string;
	readonly sections: ProbeAnswer;
	/** More was printed than the bound allows; the sections end where it was reached. */
	readonly truncated: boolean;
};

export type AnswerReader = {
	/** Takes bytes as they come; returns the answers they complete. */
	push(chunk: Buffer): CompletedAnswer[];
	/** First lines printed outside any answer: a login banner, or the words of what runs instead of a shell. */
	strayText(): string;
};

const strayLimit = 2000;
const anyMark = new RegExp(`[${sectionMark}${endMark}]`);

/** `maxLength` bounds one answer, in UTF-16 units; what goes beyond is dropped, the end mark is still found. */
export function createAnswerReader(maxLength: number): AnswerReader {
	const decoder = new StringDecoder('utf8');
	let partial = '';
	let stray = '';
	let section: string | null = null;
	let length = 0;
	let truncated = false;
	let sections = new Map<string, string[]>();

	const takeLine = (rawLine: string): CompletedAnswer | null => {
		// A login script's last line may lack its newline, so the first mark need not begin a line.
		const line = section === null ? rawLine.slice(Math.max(0, rawLine.search(anyMark))) : rawLine;
		if (line.startsWith(endMark)) {
			const answer = {request: line.slice(1).trimEnd(), sections: joinSections(sections), truncated};
			sections = new Map();
			section = null;
			length = 0;
			truncated = false;
			return answer;
		}
		if (line.startsWith(sectionMark)) {
			section = line.slice(1).trimEnd();
			if (sections.size < 100) sections.set(section, []);
		} else if (section === null) {
			if (stray.length < strayLimit) stray += `${line.slice(0, strayLimit)}\n`;
		} else if (length + line.length > maxLength) {
			truncated = true;
		} else {
			length += line.length + 1;
			sections.get(section)?.push(line);
		}
		return null;
	};

	return {
		push(chunk) {
			const lines = (partial + decoder.write(chunk)).split('\n');
			partial = lines.pop() ?? '';
			if (partial.length > maxLength) {
				truncated = true;
				partial = partial.slice(0, 1);
			}
			return lines.map(takeLine).filter((answer) => answer !== null);
		},
		strayText: () => stray + (section === null ? partial.slice(0, strayLimit) : ''),
	};
}

function joinSections(sections: ReadonlyMap<string, readonly string[]>): ProbeAnswer {
	return new Map([...sections].map(([name, lines]) => [name, lines.join('\n')]));
}
