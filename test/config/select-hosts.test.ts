import {describe, expect, test} from 'vitest';
import {fleetOf, namesOf, type Situation} from './fleet-of.ts';
import {rejectedUserErrorOf} from './user-error-of.ts';

describe('with arguments the board has', () => {
	const everything: Situation = {
		config: `
hosts:
  - {host: root@web-1, labels: {env: prod}, groups: [web, prod], identityFile: /keys/web, engineSocket: /e.sock}
  - {host: root@web-2, groups: [web]}
  - {host: 10.0.0.5, name: main db, groups: [db, prod]}
  - {host: old, groups: [web]}
exclude: [old]
`,
		sshConfig: 'Host jump web-1\n',
		contexts: {build: 'ssh://ci@10.0.0.7'},
		sockets: ['/var/run/docker.sock'],
	};

	test('only those hosts, in the order typed, each once', async () => {
		expect(namesOf(await fleetOf(everything, 'x-[1-2]', 'jump', 'x-1'))).toEqual(['x-1', 'x-2', 'jump']);
	});

	test('what the configuration knows of them, by address, by user and address, and by name', async () => {
		for (const typed of ['root@web-1', 'web-1']) {
			const hosts = await fleetOf(everything, typed);
			expect(hosts).toHaveLength(1);
			expect(hosts[0]).toMatchObject({
				key: 'ssh:root@web-1',
				labels: {env: 'prod'},
				engineSocket: '/e.sock',
				target: {identityFiles: ['/keys/web']},
				sources: [{kind: 'command-line', detail: typed}, {kind: 'config'}],
			});
		}
		expect((await fleetOf(everything, 'main db')).map(({key}) => key)).toEqual(['ssh:10.0.0.5']);
		expect(namesOf(await fleetOf(everything, '10.0.0.5'))).toEqual(['main db']);
		expect((await fleetOf(everything, 'build')).map(({key}) => key)).toEqual(['ssh:ci@10.0.0.7']);
	});

	test('another account of a known host as a host of its own', async () => {
		const [host] = await fleetOf(everything, 'admin@web-1');
		expect(host).toMatchObject({key: 'ssh:admin@web-1', labels: {}, sources: [{kind: 'command-line'}]});
	});

	test('hosts nobody declared, left to ssh', async () => {
		const [host] = await fleetOf({}, 'me@new:2222');
		expect(host).toEqual({
			key: 'ssh:me@new:2222',
			name: 'new',
			target: {kind: 'ssh', destination: 'new', user: 'me', port: 2222},
			sources: [{kind: 'command-line', detail: 'me@new:2222'}],
			labels: {},
			groups: [],
			sudo: 'auto',
			demo: false,
		});
	});

	test('the hosts of a group for @group, without the excluded ones', async () => {
		expect(namesOf(await fleetOf(everything, '@web'))).toEqual(['web-1', 'web-2']);
		expect(namesOf(await fleetOf(everything, '@prod', '@web'))).toEqual(['web-1', 'main db', 'web-2']);
	});

	test('an excluded host after all when it is typed', async () => {
		expect((await fleetOf(everything, 'old')).map(({groups}) => groups)).toEqual([['web']]);
	});

	test('the engine of this machine for "local", also where no socket is found', async () => {
		expect(await fleetOf(everything, 'local')).toMatchObject([
			{key: 'local', sources: [{kind: 'command-line'}, {kind: 'local-engine'}]},
		]);
		expect(await fleetOf({}, 'local')).toMatchObject([{key: 'local', sources: [{kind: 'command-line'}]}]);
	});

	test('both reasons where a host is meant twice', async () => {
		const [host] = await fleetOf(everything, 'web-1', '@prod', 'web-1');
		expect(host?.sources.map(({detail}) => detail).slice(0, 2)).toEqual(['web-1', '@prod']);
	});

	test('the socket typed rather than the one configured', async () => {
		expect((await fleetOf(everything, 'ssh://root@web-1/typed.sock'))[0]?.engineSocket).toBe('/typed.sock');
	});

	test.each([
		['@wbe', 'no host is in the group "wbe"', 'Did you mean @web?'],
		['@staging', 'no host is in the group "staging"', 'Known groups: db, prod, web.'],
		['@', 'no host is in the group ""', 'Known groups: db, prod, web.'],
		['we b', '"we b" is not a host: it contains " "', 'Write hosts as'],
		['', '"" names no host', 'Write hosts as'],
	])('a mistake for %j', async (typed, message, hint) => {
		const mistake = await rejectedUserErrorOf(fleetOf(everything, typed));
		expect(mistake.message).toBe(message);
		expect(mistake.hint).toContain(hint);
	});

	test('a mistake for ranges that together name too many hosts', async () => {
		expect((await rejectedUserErrorOf(fleetOf({}, 'a[1-6000]', 'b[1-6000]'))).message).toContain('more than 10000');
	});

	test('ten thousand hosts of one range without a long wait', async () => {
		expect(await fleetOf({config: 'hosts: ["n[1-10000]"]\n'}, 'n[1-10000]')).toHaveLength(10_000);
	});
});
