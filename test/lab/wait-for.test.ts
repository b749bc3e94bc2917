/** Waiting itself: a lab that takes silence for an answer tests nothing. */
import {expect, test} from 'vitest';
import {waitFor} from './wait-for.ts';

test('what is not there yet is waited for, and the text of a program that said nothing is not there yet', async () => {
	const answers = ['', null, undefined, false, 'here'] as const;
	let asked = 0;
	expect(await waitFor('an answer', 5000, () => answers[asked++])).toBe('here');
	expect(asked).toBe(answers.length);
});

test('a zero is an answer, as of an exit code', async () => {
	expect(await waitFor('a number', 0, () => 0)).toBe(0);
});

test('a wait in vain says for what, and what went wrong last', async () => {
	const broken = new Error('no such container');
	const waiting = waitFor('a container', 0, () => {
		throw broken;
	});
	await expect(waiting).rejects.toMatchObject({message: 'not within 0 ms: a container', cause: broken});
	await expect(waitFor('a text', 0, () => '')).rejects.toThrow('not within 0 ms: a text');
});
