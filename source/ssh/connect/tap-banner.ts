/** Reads along with ssh2 until the host identifies itself, because ssh2 drops what a refusing sshd says instead. */
import type {Duplex} from 'node:stream';
import {sanitiseLine} from '../../support/sanitise.ts';

const keptBytes = 1024;

/**
 * Calls back once when a line starting with `SSH-` arrives, with as much of that line as has come. Returns a function that gives the text so far when there
 * was none, else an empty text: lines before an identification are a greeting, not a refusal.
 */
export function tapBanner(stream: Duplex, onIdentified: (identification: string) => void): () => string {
	let text = '';
	let identified = false;
	const tap = (chunk: Buffer): void => {
		text = (text + chunk.toString('latin1')).slice(0, keptBytes * 8);
		if (!/(^|\n)SSH-/.test(text)) {
			if (text.length >= keptBytes * 8) stream.off('data', tap);
			return;
		}
		identified = true;
		stream.off('data', tap);
		onIdentified(sanitiseLine(/(?:^|\n)(SSH-[^\r\n]*)/.exec(text)?.[1] ?? '', 100));
	};
	stream.on('data', tap);
	return () => (identified ? '' : text.slice(0, keptBytes));
}
