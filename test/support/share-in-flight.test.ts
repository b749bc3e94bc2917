import {expect, test} from 'vitest';
import {shareInFlight} from '../../source/support/share-in-flight.ts';

test('hosts that ask together share one answer, and who asks later gets a fresh one', async () => {
	let asked = 0;
	const read = shareInFlight((key) => Promise.resolve(`${key} ${++asked}`));
	expect(await Promise.all([read('a'), read('a'), read('b')])).toEqual(['a 1', 'a 1', 'b 2']);
	expect(await read('a')).toBe('a 3');
});

test('a failure is shared as well and not remembered', async () => {
	let asked = 0;
	const read = shareInFlight(() => (++asked === 1 ? Promise.reject(new Error('gone')) : Promise.resolve('here')));
	const together = await Promise.allSettled([read('a'), read('a')]);
	expect(together.map(({status}) => status)).toEqual(['rejected', 'rejected']);
	expect(await read('a')).toBe('here');
});
