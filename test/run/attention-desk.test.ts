/** Where hosts' questions wait for the person, and what waiting does to a report. */
import {expect, test} from 'vitest';
import type {SecretQuestion} from '../../source/model/attention.ts';
import {createAttentionDesk} from '../../source/run/attention-desk.ts';
import {settleFleet} from '../../source/run/settle-fleet.ts';
import {createFakeClock} from '../fake-clock.ts';
import {createFixtureStore} from '../ui/harness/fixture-store.ts';
import {createFixtureFleet} from '../ui/harness/fleet-fixture.ts';

const never = new AbortController().signal;

function question(hostName: string, changes: Partial<SecretQuestion> = {}): SecretQuestion {
	return {
		kind: 'password',
		hostNames: [hostName],
		title: 'Password for ward',
		instruction: '',
		prompts: [{text: 'Password', echo: false}],
		fingerprint: `SHA256:${hostName}`,
		...changes,
	};
}

test('hosts with the same question are one question, and a host that gives up leaves it', async () => {
	const desk = createAttentionDesk();
	const leaving = new AbortController();
	const [first, second, third] = [
		desk.ask(question('web-01'), never),
		desk.ask(question('web-02'), leaving.signal),
		desk.ask(question('db-01', {title: 'Password for root'}), never),
	];
	expect(desk.getState().questions.map(({hosts}) => hosts.map(({name}) => name))).toEqual([
		['web-01', 'web-02'],
		['db-01'],
	]);
	leaving.abort();
	await expect(second).resolves.toBeNull();
	const [shared, own] = desk.getState().questions;
	desk.answer(shared?.id ?? 0, ['geheim']);
	await expect(first).resolves.toEqual(['geheim']);
	expect(desk.getState().questions).toEqual([own]);
	desk.decline(own?.id ?? 0);
	await expect(third).resolves.toBeNull();
	expect(desk.getState().questions).toEqual([]);
});

test('an answered question keeps nothing of its answer', async () => {
	const desk = createAttentionDesk();
	const answer = desk.ask(question('web-01'), never);
	desk.answer(desk.getState().questions[0]?.id ?? 0, ['geheim']);
	await answer;
	expect(JSON.stringify(desk.getState())).not.toContain('geheim');
	// The next host with this question is asked for anew: it was not on the list the person saw.
	void desk.ask(question('web-02'), never);
	expect(desk.getState().questions).toHaveLength(1);
});

test('codes are asked host by host, and a closed question takes no further host', () => {
	const desk = createAttentionDesk();
	for (const name of ['bastion-1', 'bastion-2']) void desk.ask(question(name, {kind: 'code'}), never);
	expect(desk.getState().questions).toHaveLength(2);
	void desk.ask(question('web-01'), never);
	desk.closeToOthers(desk.getState().questions.at(-1)?.id ?? 0);
	void desk.ask(question('web-02'), never);
	expect(desk.getState().questions).toHaveLength(4);
});

test('the time of a report stands still while a person is asked, and hosts get all of it afterwards', async () => {
	const clock = createFakeClock();
	const attention = createAttentionDesk();
	const fleet = createFixtureFleet();
	const incomplete = {
		hosts: new Map([...fleet.hosts].map(([key, host]) => [key, {...host, ladder: {reached: null, broken: null}}])),
	};
	let ended: number | null | undefined;
	void settleFleet({store: createFixtureStore(incomplete), attention}, clock, 1000).then((code) => {
		ended = code;
	});
	clock.advance(900);
	const answer = attention.ask(question('web-01'), never);
	clock.advance(60_000);
	await Promise.resolve();
	expect(ended).toBeUndefined();
	attention.answer(attention.getState().questions[0]?.id ?? 0, ['geheim']);
	await answer;
	clock.advance(999);
	await Promise.resolve();
	expect(ended).toBeUndefined();
	clock.advance(1);
	await expect.poll(() => ended).toBeNull();
});
