/** Keeps the last 4 KiB of a byte stream, as sanitised text. */
import {sanitiseLines} from '../support/sanitise.ts';

export type Tail = {add(chunk: Buffer): void; readonly text: () => string};

export function createTail(limitBytes = 4096): Tail {
	let kept = Buffer.alloc(0);
	return {
		add(chunk) {
			kept = Buffer.concat([kept, chunk.subarray(-limitBytes)]).subarray(-limitBytes);
		},
		text: () => sanitiseLines(kept.toString('utf8'), 200, limitBytes).join('\n'),
	};
}
