import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {collectFleet} from '../../source/config/collect-fleet.ts';
import {loadConfig} from '../../source/config/load-config.ts';
import {fleetOf, namesOf, prepareHome} from './fleet-of.ts';
import {createTemporaryHome} from './temporary-home.ts';

describe('without arguments the board has', () => {
	test('nothing where nothing is known', async () => {
		expect(await fleetOf({})).toEqual([]);
	});

	test('the hosts of the configuration, the SSH configuration, Docker contexts and this machine, each once', async () => {
		const hosts = await fleetOf({
			config: 'hosts: ["web-[1-2]", root@db]\n',
			sshConfig: 'Host web-1 jump *.x\n',
			contexts: {
				prod: 'ssh://root@db',
				other: 'ssh://build:2222',
				desktop: 'unix:///x.sock',
				tls: 'tcp://10.0.0.1:2376',
			},
			sockets: ['/var/run/docker.sock'],
		});
		expect(hosts.map(({key, name}) => `${key} ${name}`)).toEqual([
			'ssh:web-1 web-1',
			'ssh:web-2 web-2',
			'ssh:root@db db',
			'ssh:jump jump',
			'ssh:build:2222 other',
			'local local',
		]);
		expect(hosts.map(({sources}) => sources.map(({kind}) => kind))).toEqual([
			['config', 'ssh-config'],
			['config'],
			['config', 'docker-context'],
			['ssh-config'],
			['docker-context'],
			['local-engine'],
		]);
	});

	test('where each host came from: file, context, socket', async () => {
		const home = await createTemporaryHome();
		await prepareHome(home, {config: 'hosts: [web]\n', sshConfig: 'Host web\n', contexts: {prod: 'ssh://web'}});
		const [web] = await collectFleet({
			hostArguments: [],
			config: await loadConfig({env: home.env}),
			env: home.env,
			systemSshConfigFile: '/nowhere',
			isSocket: () => Promise.resolve(false),
		});
		expect(web?.sources).toEqual([
			{kind: 'config', detail: path.join(home.directory, '.config/sickbay/config.yaml')},
			{kind: 'ssh-config', detail: path.join(home.directory, '.ssh/config')},
			{kind: 'docker-context', detail: 'prod'},
		]);
	});

	test('only what the sources switched on give', async () => {
		const situation = {
			sshConfig: 'Host web\n',
			contexts: {prod: 'ssh://prod'},
			sockets: ['/var/run/docker.sock'],
		};
		const withSources = async (sources: string) =>
			namesOf(await fleetOf({...situation, config: `sources: {${sources}}\n`}));
		expect(await withSources('sshConfig: false')).toEqual(['prod', 'local']);
		expect(await withSources('dockerContexts: false')).toEqual(['web', 'local']);
		expect(await withSources('localEngine: false')).toEqual(['web', 'prod']);
	});

	test('no Git forges of the SSH configuration', async () => {
		expect(namesOf(await fleetOf({sshConfig: 'Host github.com web\nHost gl\n  HostName gitlab.com\n'}))).toEqual([
			'web',
		]);
	});

	test('no excluded hosts, by name, address or user@address, in any case of letters', async () => {
		const hosts = await fleetOf({
			config:
				'hosts: ["web-[1-3]", root@old, {host: 10.0.0.9, name: Router}]\nexclude: [WEB-2, "jump*", "root@?ld", router]\n',
			sshConfig: 'Host jump-1 jumper keep\n',
		});
		expect(namesOf(hosts)).toEqual(['web-1', 'web-3', 'keep']);
	});

	test('the host of DOCKER_HOST, with the socket its path names', async () => {
		const [host] = await fleetOf({env: {DOCKER_HOST: 'ssh://core@vm:2222/run/podman/podman.sock'}});
		expect(host).toMatchObject({key: 'ssh:core@vm:2222', name: 'vm', engineSocket: '/run/podman/podman.sock'});
	});

	test('no host for a context whose address ssh would refuse', async () => {
		expect(
			await fleetOf({contexts: {evil: 'ssh://-oProxyCommand=x', pw: 'ssh://a:b@c', many: 'ssh://h[1-9]'}}),
		).toEqual([]);
	});

	test('the local engine of the socket in the environment, and the usual one left to be looked for', async () => {
		const [usual] = await fleetOf({sockets: ['/var/run/docker.sock']});
		expect(usual).toMatchObject({key: 'local', target: {kind: 'local'}});
		expect(usual?.engineSocket).toBeUndefined();
		const [named] = await fleetOf({env: {DOCKER_HOST: 'unix:///tmp/d.sock'}, sockets: ['/tmp/d.sock']});
		expect(named?.engineSocket).toBe('/tmp/d.sock');
	});
});

describe('a host known twice', () => {
	test('keeps the first of what only one can be, and all labels, groups and sources', async () => {
		const [host, ...others] = await fleetOf({
			config: `
hosts:
  - {host: root@web, name: shop, labels: {env: prod, rack: 1}, groups: [web], engineSocket: /a.sock}
  - {host: web, user: root, name: other, labels: {rack: 2, site: x}, groups: [web, eu], identityFile: /k, engineSocket: /b.sock, sudo: never}
`,
		});
		expect(others).toEqual([]);
		expect(host).toMatchObject({
			name: 'shop',
			target: {destination: 'web', user: 'root', identityFiles: ['/k']},
			labels: {env: 'prod', rack: '1', site: 'x'},
			groups: ['web', 'eu'],
			engineSocket: '/a.sock',
			sudo: 'never',
		});
		expect(host?.sources).toHaveLength(1);
	});

	test('under two accounts is two rows with names that tell them apart', async () => {
		expect(namesOf(await fleetOf({config: 'hosts: [root@web, admin@web, db]\n'}))).toEqual([
			'root@web',
			'admin@web',
			'db',
		]);
		expect(namesOf(await fleetOf({}, '127.0.0.1:2201', '127.0.0.1:2202', '[::1]:22', '::1'))).toEqual([
			'127.0.0.1:2201',
			'127.0.0.1:2202',
			'[::1]:22',
			'::1',
		]);
	});

	test('by a name given to two machines shows the addresses too', async () => {
		const config = 'hosts: [{host: a, name: db}, {host: b, name: db}]\n';
		expect(namesOf(await fleetOf({config}))).toEqual(['db (a)', 'db (b)']);
	});
});

describe('sudo', () => {
	test('is what the entry says, else what the file says, else tried', async () => {
		const config = 'sudo: never\nhosts: [a, {host: b, sudo: auto}]\n';
		expect((await fleetOf({config})).map(({sudo}) => sudo)).toEqual(['never', 'auto']);
		expect((await fleetOf({config}, 'c')).map(({sudo}) => sudo)).toEqual(['never']);
		expect((await fleetOf({}, 'c')).map(({sudo}) => sudo)).toEqual(['auto']);
	});

	test('is never tried after --no-sudo, whatever the file says', async () => {
		const config = 'hosts: [a, {host: b, sudo: auto}]\n';
		expect((await fleetOf({config, noSudo: true})).map(({sudo}) => sudo)).toEqual(['never', 'never']);
	});
});
