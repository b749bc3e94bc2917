import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {isGitForge} from '../../source/config/is-git-forge.ts';
import {readSshConfig} from '../../source/config/read-ssh-config.ts';
import {createTemporaryHome, type TemporaryHome} from './temporary-home.ts';
import {rejectedUserErrorOf} from './user-error-of.ts';

async function aliasesIn(home: TemporaryHome, configFile?: string): Promise<readonly string[]> {
	const hosts = await readSshConfig({
		env: home.env,
		systemConfigFile: path.join(home.directory, 'etc/ssh/ssh_config'),
		...(configFile === undefined ? {} : {configFile}),
	});
	return hosts.map(({alias}) => alias);
}

describe('an SSH configuration', () => {
	test('gives the hosts it names in full, and no wildcards or negations', async () => {
		const home = await createTemporaryHome();
		await home.write(
			'.ssh/config',
			`# my machines
Host web-1 web-2 *.example.com !secret "db 1" db-?
    HostName 10.0.0.1
HOST=old
host	tab   # not a host
Host *
    User root
Match host special exec "true"
    User admin
`,
		);
		expect(await aliasesIn(home)).toEqual(['web-1', 'web-2', 'old', 'tab']);
	});

	test('is followed into its includes, relative to ~/.ssh, with ~, quotes and globs, in order', async () => {
		const home = await createTemporaryHome();
		await home.write(
			'.ssh/config',
			`Include conf.d/*.conf ~/more "with space"\nInclude ${home.directory}/deep/*/c[0-9]?\nHost last\n`,
		);
		await home.write('.ssh/conf.d/b.conf', 'Host b\n');
		await home.write('.ssh/conf.d/a.conf', 'Host a\nInclude nested\n');
		await home.write('.ssh/conf.d/.hidden.conf', 'Host hidden\n');
		await home.write('.ssh/conf.d/c.txt', 'Host txt\n');
		await home.write('.ssh/nested', 'Host nested');
		await home.write('.ssh/with space', 'Host spaced\n');
		await home.write('more', 'Host more\n');
		await home.write('deep/x/c1z', 'Host deep\n');
		await home.write('deep/y/cc', 'Host shallow\n');
		const expected = ['a', 'b', 'more', 'spaced', 'deep', 'last'];
		expect((await aliasesIn(home)).filter((alias) => alias !== 'nested')).toEqual(expected);
		// What follows `Host a` belongs to it, includes too, as in ssh.
		expect(await aliasesIn(home)).not.toContain('nested');
	});

	test('whose include stands in a block for all hosts is followed, in one for some it is not', async () => {
		const home = await createTemporaryHome();
		await home.write(
			'.ssh/config',
			'Host web\n  Include for-web\nHost *\n  Include for-all\nMatch all\n  Include more\n',
		);
		await home.write('.ssh/for-web', 'Host only-with-web\n');
		await home.write('.ssh/for-all', 'Host anyone\n');
		await home.write('.ssh/more', 'Host matched\n');
		expect(await aliasesIn(home)).toEqual(['web', 'anyone', 'matched']);
	});

	test('of the system adds its hosts, with includes relative to its own directory', async () => {
		const home = await createTemporaryHome();
		await home.write('.ssh/config', 'Host mine\n');
		await home.write('etc/ssh/ssh_config', 'Include ssh_config.d/*.conf\nHost company mine\n');
		await home.write('etc/ssh/ssh_config.d/50.conf', 'Host jump\n');
		expect(await aliasesIn(home)).toEqual(['mine', 'jump', 'company']);
	});

	test('given with -F replaces both files; "none" is none at all', async () => {
		const home = await createTemporaryHome();
		await home.write('.ssh/config', 'Host mine\n');
		await home.write('.ssh/shared', 'Host shared\n');
		const file = await home.write('lab/ssh_config', 'Include shared\nHost lab-1\n');
		expect(await aliasesIn(home, file)).toEqual(['shared', 'lab-1']);
		expect(await aliasesIn(home, 'none')).toEqual([]);
	});

	test('given with -F that cannot be read is a mistake', async () => {
		const home = await createTemporaryHome();
		const missing = path.join(home.directory, 'nowhere');
		expect((await rejectedUserErrorOf(aliasesIn(home, missing))).message).toBe(
			`cannot read the SSH configuration ${missing}: there is no such file`,
		);
		expect((await rejectedUserErrorOf(aliasesIn(home, home.directory))).message).toContain('it is a directory');
	});

	test('that is missing, a directory or includes what is not there gives what is left', async () => {
		const home = await createTemporaryHome();
		expect(await aliasesIn(home)).toEqual([]);
		await home.write('.ssh/config/file', 'Host x\n');
		expect(await aliasesIn(home)).toEqual([]);
		const file = await home.write('c', 'Include gone *.none /dev/zero\nInclude [z-a] [ ][\nHost left\n');
		expect(await aliasesIn(home, file)).toEqual(['left']);
	});

	test('with an include that cannot be read gives what is left', async () => {
		const home = await createTemporaryHome();
		// A directory and a file that never ends cannot be read by root either.
		await home.write('.ssh/folder/file', 'Host x\n');
		await home.write('.ssh/config', 'Include folder /dev/zero\nHost open\n');
		expect(await aliasesIn(home)).toEqual(['open']);
	});

	test('that includes itself, or a chain without end, ends', async () => {
		const home = await createTemporaryHome();
		await home.write('.ssh/config', 'Include config config\nHost *\nInclude loop/*\nHost me\n');
		for (const name of ['a', 'b', 'c']) await home.write(`.ssh/loop/${name}`, `Include loop/*\nHost loop-${name}\n`);
		expect([...(await aliasesIn(home))].sort()).toEqual(['loop-a', 'loop-b', 'loop-c', 'me']);
	});

	test('with lines ssh would reject gives the hosts of the others', async () => {
		const home = await createTemporaryHome();
		const text =
			'Host "open\nHost\nMatch\nInclude\nHost a\\\nHost good\r\n\0\u001B[31m\nHost -oProxyCommand \u001B[2J\nHost $(x) a;b\nHost fine';
		const file = await home.write('c', text);
		expect(await aliasesIn(home, file)).toEqual(['good', 'fine']);
	});

	test.each([
		['Host github.com', true],
		['Host gh\n  HostName github.com', true],
		['Host gh\n  HostName ssh.GitHub.com\n  Port 443', true],
		['Host gitea\n  User git\n  HostName git.intern', true],
		['Host gitea\nHost gitea other\n  User "git"', true],
		['Host git-server\n  User root', false],
		['Host web\n  HostName web.github.com.example.com', false],
	])('with %j names a Git forge: %s', async (text, isForge) => {
		const home = await createTemporaryHome();
		const file = await home.write('c', text);
		const [host] = await readSshConfig({configFile: file, env: home.env});
		expect(host !== undefined && isGitForge(host)).toBe(isForge);
	});
});
