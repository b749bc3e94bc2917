/** Unknown host keys are looked at together, and nothing is accepted but by its own key. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import type {OfferedHostKey} from '../../source/model/offered-host-key.ts';
import {createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {openScreen} from './harness/open-screen.ts';

function withKey(name: string, offered: Partial<OfferedHostKey> = {}): HostState {
	return createHost(name, {
		severity: 'unknown',
		ladder: {
			reached: 'key-exchange',
			broken: {
				rung: 'host-key',
				code: `host-key-${offered.verdict ?? 'unknown'}`,
				summary: `SSH: host key ${offered.verdict ?? 'unknown'}`,
				detail: [],
				advice: 'Check the fingerprint.',
				since: fixtureNow - 1000,
				retryAt: null,
				hostKey: {
					verdict: 'unknown',
					lookupName: name,
					keyType: 'ssh-ed25519',
					fingerprint: `SHA256:of-${name}`,
					key: `key of ${name}`,
					addTo: '/home/ops/.ssh/known_hosts',
					hashed: false,
					expected: [],
					alsoAt: [],
					...offered,
				},
			},
		},
	});
}

const image = {key: 'same image', fingerprint: 'SHA256:same'};

const fleet = createFleet([
	withKey('web-02', image),
	withKey('web-10', image),
	withKey('inner-1', {lookupName: 'bastion', key: 'b', fingerprint: 'SHA256:b'}),
	withKey('inner-2', {lookupName: 'bastion', key: 'b', fingerprint: 'SHA256:b'}),
	withKey('db-01', {
		verdict: 'changed',
		addTo: null,
		expected: [{keyType: 'ssh-rsa', fingerprint: 'SHA256:old', place: '/home/ops/.ssh/known_hosts:7'}],
	}),
]);

const open = async () => {
	const opened = await openScreen({columns: 120, rows: 40, fleet});
	await opened.press('K');
	return {...opened, text: () => opened.terminal.rows().join('\n')};
};

test('the board says how many keys wait, and by which key they are reviewed', async () => {
	const {terminal} = await openScreen({columns: 120, rows: 40, fleet});
	expect(terminal.rows()[1]).toContain('K: 3 unknown host keys');
});

test('all keys are on one list, with type, fingerprint and where else each was seen', async () => {
	const {text} = await open();
	expect(text()).toContain('Host keys: 3 to review, 1 that cannot be accepted');
	expect(text()).toMatch(/bastion +ssh-ed25519 SHA256:b {2}2 hosts wait/);
	expect(text()).toMatch(/web-02 +ssh-ed25519 SHA256:same {2}also seen on 1/);
	expect(text()).toMatch(/✖ db-01 +ssh-ed25519 SHA256:of-db-01 {2}CHANGED/);
});

test.each([
	['Enter', '\r'],
	['Esc', '\u001B'],
	['n', 'n'],
])('%s accepts none', async (_name, press) => {
	const {press: type, terminal, accepted, text} = await open();
	await type(press);
	await terminal.waitFor((screen) => !screen.includes('Host keys:'));
	expect(accepted).toEqual([]);
	expect(text()).toContain('no host key accepted');
});

test('y accepts the key under the cursor only, and the list goes on without it', async () => {
	const {press, accepted, text} = await open();
	await press('jy');
	expect(accepted).toEqual(['web-02']);
	expect(text()).toContain('Host keys: 2 to review');
});

test('A accepts every key that can be accepted, and no changed one', async () => {
	const {press, accepted, text} = await open();
	await press('A');
	expect(accepted).toEqual(['bastion', 'web-02', 'web-10']);
	expect(text()).not.toContain('Host keys:');
});

test('a changed key shows both fingerprints and cannot be accepted', async () => {
	const {press, accepted, text} = await open();
	await press('G');
	expect(text()).toContain('offered   ssh-ed25519 SHA256:of-db-01');
	expect(text()).toContain('expected  ssh-rsa SHA256:old (/home/ops/.ssh/known_hosts:7)');
	await press('y');
	expect(accepted).toEqual([]);
	expect(text()).toContain('Host keys: 3 to review');
});

test('a key that comes while the list is read does not slip under the cursor', async () => {
	const {store, press, accepted, text} = await open();
	store.set(createFleet([withKey('aaa', {key: 'late'}), ...fleet.hosts.values()]));
	expect(text()).toContain('Host keys: 3 to review');
	await press('y');
	expect(accepted).toEqual(['bastion']);
});
