import {Duplex} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {gatherWrites} from '../../source/ssh/connect/gather-writes.ts';

function recorder(): {readonly stream: Duplex; readonly sent: string[]} {
	const sent: string[] = [];
	const stream = new Duplex({
		read: () => undefined,
		writev(chunks, callback) {
			sent.push(chunks.map(({chunk}) => String(chunk)).join(''));
			callback();
		},
	});
	return {stream, sent};
}

test('what one packet is written in leaves as one piece, in order', async () => {
	const {stream, sent} = recorder();
	gatherWrites(stream);
	for (const piece of ['length ', 'body ', 'tag']) stream.write(piece);
	await nextTurn();
	stream.write('next');
	await nextTurn();
	expect(sent).toEqual(['length body tag', 'next']);
});

test('what was written right before the end is still sent', async () => {
	const {stream, sent} = recorder();
	gatherWrites(stream);
	stream.write('good');
	stream.end('bye');
	await nextTurn();
	expect(sent.join('')).toBe('goodbye');
});
