import {describe, expect, test} from 'vitest';
import {LadderError} from '../../source/model/ladder-error.ts';
import type {ReasonCode, Rung} from '../../source/model/ladder.ts';
import {createEngineBlame} from '../../source/session/blame-engine.ts';

const broken = (code: ReasonCode, rung: Rung = 'list') =>
	({
		kind: 'broken',
		error: new LadderError({rung, code, summary: code, advice: 'Look at it.', retry: 'soon'}),
	}) as const;

function watched() {
	const said: string[] = [];
	const blame = createEngineBlame({
		askHost: () => said.push('host asked'),
		onReached: (rung) => said.push(`reached ${rung}`),
		onBroken: (error) => said.push(`broken ${error.code}`),
	});
	return {blame, said};
}

describe('a silent engine', () => {
	test('is called hung once the shell of its host has answered after it, and once only', () => {
		const {blame, said} = watched();
		blame.hear(broken('engine-hung'));
		expect(said).toEqual(['host asked']);
		blame.hostAnswered();
		blame.hostAnswered();
		expect(said).toEqual(['host asked', 'broken engine-hung']);
	});

	test('is not blamed while its whole host is silent', () => {
		const {blame, said} = watched();
		blame.hostAnswered();
		blame.hear(broken('engine-hung'));
		expect(said).toEqual(['host asked']);
	});

	test('that answers after all before its host does was never hung', () => {
		const {blame, said} = watched();
		blame.hear(broken('engine-hung'));
		blame.hear({kind: 'rung', reached: 'list'});
		blame.hostAnswered();
		expect(said).toEqual(['host asked', 'reached list']);
	});

	test('that then turns out to be gone is called that, at once', () => {
		const {blame, said} = watched();
		blame.hear(broken('engine-hung'));
		blame.hear(broken('engine-down', 'engine-socket'));
		blame.hostAnswered();
		expect(said).toEqual(['host asked', 'broken engine-down']);
	});
});

test('an engine that says itself what is wrong needs no word of its host', () => {
	const {blame, said} = watched();
	blame.hear(broken('engine-socket-forbidden', 'engine-socket'));
	expect(said).toEqual(['broken engine-socket-forbidden']);
});
