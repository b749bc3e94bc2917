import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadConfig} from '../../source/config/load-config.ts';
import {createTemporaryHome} from './temporary-home.ts';
import {rejectedUserErrorOf} from './user-error-of.ts';

describe('the configuration of a person', () => {
	test('who has none takes hosts from everywhere', async () => {
		const {env} = await createTemporaryHome();
		expect(await loadConfig({env})).toEqual({
			file: null,
			hosts: [],
			sources: {sshConfig: true, dockerContexts: true, localEngine: true},
			exclude: [],
			sudo: 'auto',
			ssh: {configFile: null, transport: 'auto'},
			ui: {ascii: false},
			prune: {all: {}, groups: []},
			readOnly: false,
			signatures: [],
		});
	});

	test('is read from ~/.config/sickbay/config.yaml', async () => {
		const home = await createTemporaryHome();
		const file = await home.write('.config/sickbay/config.yaml', 'sudo: never\n');
		expect(await loadConfig({env: home.env})).toMatchObject({file, sudo: 'never'});
	});

	test('is read from XDG_CONFIG_HOME when that is set, and from ~/.config when it is relative', async () => {
		const home = await createTemporaryHome();
		const file = await home.write('xdg/sickbay/config.yaml', 'sudo: never\n');
		const xdg = {...home.env, XDG_CONFIG_HOME: path.join(home.directory, 'xdg')};
		expect((await loadConfig({env: xdg})).file).toBe(file);
		expect((await loadConfig({env: {...home.env, XDG_CONFIG_HOME: 'xdg'}})).file).toBeNull();
	});

	test('is read from the file given, which may begin with ~', async () => {
		const home = await createTemporaryHome();
		const file = await home.write('mine.yaml', 'ui: {ascii: true}\n');
		expect((await loadConfig({path: '~/mine.yaml', env: home.env})).ui.ascii).toBe(true);
		expect((await loadConfig({path: file, env: {}})).ui.ascii).toBe(true);
	});

	test('that is given but missing, or a directory, or endless, is a mistake', async () => {
		const {directory, env} = await createTemporaryHome();
		const missing = path.join(directory, 'none.yaml');
		expect((await rejectedUserErrorOf(loadConfig({path: missing, env}))).message).toBe(
			`cannot read the configuration ${missing}: there is no such file`,
		);
		expect((await rejectedUserErrorOf(loadConfig({path: directory, env}))).message).toContain('it is a directory');
		expect((await rejectedUserErrorOf(loadConfig({path: '/dev/zero', env}))).message).toContain('larger than 1 MiB');
	});

	test('may come through a pipe', async () => {
		const home = await createTemporaryHome();
		const pipe = path.join(home.directory, 'pipe');
		execFileSync('mkfifo', [pipe]);
		const [config] = await Promise.all([loadConfig({path: pipe, env: home.env}), home.write('pipe', 'sudo: never\n')]);
		expect(config.sudo).toBe('never');
	});

	test('with a mistake names the file, the line and the key', async () => {
		const home = await createTemporaryHome();
		const file = await home.write('.config/sickbay/config.yaml', 'hosts:\n  - host: web\n    prot: 22\n');
		expect(await rejectedUserErrorOf(loadConfig({env: home.env}))).toEqual({
			message: `${file}:3:5: unknown key hosts[0].prot`,
			hint: 'Did you mean port?',
		});
	});

	test('gives every host of a range its labels, groups and key files, with paths made absolute', async () => {
		const home = await createTemporaryHome();
		const file = await home.write(
			'etc/c.yaml',
			'hosts:\n  - {host: "web-[1-2]", user: root, identityFile: [~/.ssh/id, keys/id], labels: {rack: 7}, groups: [web]}\n',
		);
		const {hosts} = await loadConfig({path: file, env: home.env});
		expect(hosts).toEqual(
			['web-1', 'web-2'].map((destination) => ({
				target: {
					kind: 'ssh',
					destination,
					user: 'root',
					identityFiles: [path.join(home.directory, '.ssh/id'), path.join(home.directory, 'etc/keys/id')],
				},
				source: {kind: 'config', detail: file},
				name: destination,
				labels: {rack: '7'},
				groups: ['web'],
			})),
		);
	});

	test('finds its SSH configuration beside itself, at home, or nowhere', async () => {
		const home = await createTemporaryHome();
		const read = async (written: string): Promise<string | null> => {
			const file = await home.write('etc/c.yaml', `ssh: {configFile: ${written}}\n`);
			return (await loadConfig({path: file, env: home.env})).ssh.configFile;
		};
		expect(await read('fleet.conf')).toBe(path.join(home.directory, 'etc/fleet.conf'));
		expect(await read('~/fleet.conf')).toBe(path.join(home.directory, 'fleet.conf'));
		expect(await read('none')).toBe('none');
	});

	test('whose ranges together name too many hosts is refused', async () => {
		const home = await createTemporaryHome();
		const file = await home.write('c.yaml', 'hosts: ["a[1-6000]", "b[1-6000]"]\n');
		expect((await rejectedUserErrorOf(loadConfig({path: file, env: home.env}))).message).toContain('10000 hosts');
	});
});
