/** Reads the lines of a log that are text, one message or a part of one each, rather than fields. */
import {splitConsoleLine} from './console-line.ts';
import {identifyUserText} from './identify-user-text.ts';
import {isReadable} from './is-readable.ts';
import {createLineDraft, type LineDraft} from './line-draft.ts';
import {createOriginMemory} from './origin-memory.ts';
import {peelPrefixes} from './peel-prefixes.ts';
import type {LogEntry, RecordMaker} from './record-maker.ts';

export type TextReader = {
	/** `isSameLine`: only a carriage return stands between this and the line before. */
	read(line: string, isSameLine: boolean): readonly LogEntry[];
	/** Lines that are no text. */
	unreadableLines(): number;
};

export function createTextReader(maker: RecordMaker, now: number): TextReader {
	const origins = createOriginMemory();
	let unreadable = 0;

	const make = (draft: LineDraft, isContinued = false): readonly LogEntry[] => {
		if (draft.format === 'plain' && !isReadable(draft.line)) {
			unreadable += 1;
			return [];
		}
		const drafts = origins.unfold(draft);
		origins.inherit(draft, isContinued);
		if (mayBeSystemd(draft)) identifyUserText(draft);
		maker.lose(countMissed(draft));
		return drafts.map((each) => maker.make(each, null));
	};

	return {
		read(line, isSameLine) {
			if (origins.isContinuation(line, isSameLine)) return make(createLineDraft(line, now), true);
			const draft = peelPrefixes(line, now);
			const parts = isUnsigned(draft) ? splitConsoleLine(line, draft.position) : null;
			return parts === null ? make(draft) : parts.flatMap((part) => make(peelPrefixes(part, now)));
		},
		unreadableLines: () => unreadable,
	};
}

/** A timestamp in the middle means something only where nothing says who wrote the line. */
function isUnsigned({format, facility, identifier}: LineDraft): boolean {
	return (format === 'plain' || format === 'dmesg') && facility === null && identifier === null;
}

/** The journal's daemon says how many records it could not keep up with. */
function countMissed({identifier, line, position}: LineDraft): number {
	if (identifier !== 'systemd-journald') return 0;
	return Number(/^Missed (\d{1,9}) kernel messages/.exec(line.slice(position, position + 60))?.[1] ?? 0);
}

/** Where the facility is no proof, the text of systemd's lines still is one that the kernel did not write them. */
function mayBeSystemd({facility, identifier, format}: LineDraft): boolean {
	return identifier === null && (facility !== 0 || format === 'dmesg-raw');
}
