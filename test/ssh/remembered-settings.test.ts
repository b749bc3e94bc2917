/** `ssh` is asked once for a host, and again as soon as anything changed that its answer may depend on. */
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {parseSshDump} from '../../source/ssh/resolve/parse-ssh-dump.ts';
import {rememberSettings, type RememberedSettings} from '../../source/ssh/settings-cache/remember-settings.ts';
import {createFakeClock} from '../fake-clock.ts';

let home: string;
let asked: string[];
let answerOf: (name: string) => string | Promise<string>;
const clock = createFakeClock();
const at = (name: string): string => path.join(home, name);
const cacheFile = (): string => at('cache/sickbay/ssh-settings.json');
const write = (name: string, text: string): Promise<void> => writeFile(at(name), text);

beforeEach(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'sickbay-remembered-'));
	await mkdir(at('bin'));
	await mkdir(at('.ssh/conf.d'), {recursive: true});
	await write('bin/ssh', `\u007fELF..\0${at('system')}/ssh_config\0..`);
	await chmod(at('bin/ssh'), 0o755);
	await mkdir(at('system'));
	await write('.ssh/config', 'Include conf.d/*.conf\nHost web\n  Port 2222\n');
	asked = [];
	answerOf = (name) => `user root\nhostname ${name}.example\nidentityfile ~/a\nidentityfile ~/b\n`;
});
afterEach(() => rm(home, {recursive: true, force: true}));

type Change = {readonly env?: NodeJS.ProcessEnv; readonly configFile?: string; readonly localUser?: string};

/** A program that has just been started. */
function startAnew(change: Change = {}): RememberedSettings {
	return rememberSettings({
		ask: async (target) => {
			asked.push(target.destination);
			return parseSshDump(await answerOf(target.destination));
		},
		directory: at('cache/sickbay'),
		clock,
		configFile: change.configFile,
		env: {PATH: at('bin'), ...change.env},
		account: {homeDirectory: home, localUser: change.localUser ?? 'ann', localUserId: '7', localHostname: 'laptop'},
	});
}

const web = {kind: 'ssh', destination: 'web'} as const;

/** One run of the program, to its end. */
async function askAndKeep(change: Change = {}): Promise<ReturnType<typeof parseSshDump> | null> {
	const program = startAnew(change);
	const settings = await program.read(web);
	await program.kept();
	return settings;
}

/** True when a program started now asks ssh about the host. */
async function asksAgain(change: Change = {}): Promise<boolean> {
	asked = [];
	await askAndKeep(change);
	return asked.length > 0;
}

test('a host known from an earlier run is not asked for again, and its answer is the same', async () => {
	const first = await askAndKeep();
	answerOf = () => 'hostname other\n';
	expect(await askAndKeep()).toEqual(first);
	expect(asked).toEqual(['web']);
});

test('another port, another user and another name are other questions', async () => {
	await askAndKeep();
	const {read, kept} = startAnew();
	await Promise.all([read({...web, port: 22}), read({...web, user: 'eve'}), read({kind: 'ssh', destination: 'db'})]);
	await kept();
	expect(asked).toEqual(['web', 'web', 'web', 'db']);
});

describe('ssh is asked again', () => {
	const changes: readonly (readonly [what: string, change: () => Promise<unknown>])[] = [
		['the configuration', () => write('.ssh/config', 'Include conf.d/*.conf\nHost web\n  Port 2223\n')],
		['its permissions', () => chmod(at('.ssh/config'), 0o620)],
		['a file that is new and matches an Include', () => write('.ssh/conf.d/new.conf', 'Host x\n')],
		['a system-wide configuration that was not there', () => write('system/ssh_config', 'Host x\n')],
		['the ssh program', () => write('bin/ssh', `\u007fELF new\0${at('system')}/ssh_config\0`)],
	];
	test.each(changes)('after a change of %s', async (_what, change) => {
		await askAndKeep();
		expect(await asksAgain()).toBe(false);
		await change();
		expect(await asksAgain()).toBe(true);
	});

	test('after a change of an included file that kept its size and its time', async () => {
		await write('.ssh/conf.d/a.conf', 'Host a\n');
		const {atime, mtime} = await stat(at('.ssh/conf.d/a.conf'));
		await askAndKeep();
		await write('.ssh/conf.d/a.conf', 'Host b\n');
		await utimes(at('.ssh/conf.d/a.conf'), atime, mtime);
		expect(await asksAgain()).toBe(true);
	});

	test('by another user, and with another configuration file', async () => {
		await askAndKeep();
		expect(await asksAgain({localUser: 'eve'})).toBe(true);
		expect(await asksAgain({configFile: at('.ssh/config')})).toBe(true);
		expect(await asksAgain({configFile: 'none'})).toBe(true);
	});

	test('after a week', async () => {
		await askAndKeep();
		clock.advance(8 * 24 * 3_600_000);
		expect(await asksAgain()).toBe(true);
	});

	test('when the configuration changed while ssh was being asked', async () => {
		answerOf = async () => {
			await write('.ssh/config', 'Host web\n  Port 1\n');
			return 'hostname early\n';
		};
		const early = await askAndKeep();
		answerOf = () => 'hostname late\n';
		const late = await askAndKeep();
		expect([early, late].map((settings) => settings?.get('hostname'))).toEqual([['early'], ['late']]);
		expect(await readFile(cacheFile(), 'utf8')).not.toContain('early');
	});
});

describe('nothing is kept where the answer may change though no file does', () => {
	const unsteady = [
		'Match exec "test -f /tmp/x"\n  Port 1',
		'match host web !EXEC x',
		'Match localnetwork 10.0.0.0/8',
		'Match host=web',
		'Match host "web"',
		'Match newer-criterion x',
		'IdentityFile ${KEYS}/id',
		'IdentityAgent $SSH_AUTH_SOCK',
		'CanonicalizeHostname yes',
		'CanonicalDomains example.org',
		'CanonicalizePermittedCNAMEs *:*',
		'Include ${HOME}/x',
		'Include %d/x',
		'Include "a file"',
		'Include ~eve/x',
		'Include [ab].conf',
		'Include ../x/config',
		'"Include" x',
		'Host a\0b',
	];
	test.each(unsteady)('%s', async (line) => {
		await write('.ssh/conf.d/a.conf', `Host other\n${line}\n`);
		await askAndKeep();
		expect(await asksAgain()).toBe(true);
		expect(await readdir(home)).not.toContain('cache');
	});

	const steady = [
		'# Match exec ${X}',
		'Match final all',
		'Match host web,db user root !localuser eve\n  Port 1',
		'CanonicalizeHostname no',
		'ProxyCommand nc $x %h',
		'Include conf.d/a?.conf ~/.ssh/none /absent/*/x',
	];
	test.each(steady)('and something is with %s', async (line) => {
		await write('.ssh/conf.d/a.conf', `Host other\n${line}\n`);
		await askAndKeep();
		expect(await asksAgain()).toBe(false);
	});

	test('a script in the place of ssh', async () => {
		await write('bin/ssh', '#!/bin/sh\nexec /usr/bin/ssh "$@"\n');
		await askAndKeep();
		expect(await asksAgain()).toBe(true);
	});
});

test('what may hold a secret is not written down', async () => {
	answerOf = (name) => {
		const proxied = name === 'behind' ? 'proxycommand proxy --token s3cret %h\n' : '';
		return `hostname ${name}\nsetenv TOKEN=s3cret\nlocalcommand echo s3cret\n${proxied}`;
	};
	const {read, kept} = startAnew();
	const settings = await read({kind: 'ssh', destination: 'behind'});
	await read(web);
	await kept();
	expect(await readFile(cacheFile(), 'utf8')).toContain('web');
	expect(await readFile(cacheFile(), 'utf8')).not.toMatch(/s3cret|behind/);
	expect(settings?.get('proxycommand')).toEqual(['proxy --token s3cret %h']);
});

describe('the cache file', () => {
	test('is for this account alone, and nothing else is left beside it', async () => {
		await askAndKeep();
		expect((await stat(cacheFile())).mode & 0o777).toBe(0o600);
		expect((await stat(at('cache/sickbay'))).mode & 0o777).toBe(0o700);
		expect(await readdir(at('cache/sickbay'))).toEqual(['ssh-settings.json']);
	});

	const spoiled: readonly (readonly [what: string, spoil: () => Promise<unknown>])[] = [
		['cut short', async () => writeFile(cacheFile(), (await readFile(cacheFile(), 'utf8')).slice(0, -20))],
		['of another shape', () => writeFile(cacheFile(), '{"version":1,"sections":[{"answers":null}]}')],
		['empty', () => writeFile(cacheFile(), '')],
		['writable by others', () => chmod(cacheFile(), 0o666)],
		['in a folder writable by others', () => chmod(at('cache/sickbay'), 0o777)],
		[
			'a link',
			async () => {
				await writeFile(at('elsewhere'), await readFile(cacheFile()), {mode: 0o600});
				await rm(cacheFile());
				await symlink(at('elsewhere'), cacheFile());
			},
		],
	];
	test.each(spoiled)('counts as none when it is %s', async (_what, spoil) => {
		await askAndKeep();
		await spoil();
		expect(await asksAgain()).toBe(true);
	});

	test('keeps what two programs learned at the same time whole, and joins what comes later', async () => {
		const names = Array.from({length: 10}, (_, index) => `host-${index}`);
		const learn = async (destination: string): Promise<void> => {
			const {read, kept} = startAnew();
			await read({kind: 'ssh', destination});
			await kept();
		};
		await Promise.all(names.map(learn));
		await askAndKeep();
		expect(await readdir(at('cache/sickbay'))).toEqual(['ssh-settings.json']);
		expect(await readFile(cacheFile(), 'utf8')).toMatch(/host-\d/);
		expect(await asksAgain()).toBe(false);
	});

	test('is not made in a home that does not exist', async () => {
		const {read, kept} = rememberSettings({
			ask: () => Promise.resolve(parseSshDump('hostname web\n')),
			directory: at('nowhere/.cache/sickbay'),
			clock,
			env: {PATH: at('bin')},
			account: {homeDirectory: home, localUser: 'ann', localUserId: '7', localHostname: 'laptop'},
		});
		expect((await read(web))?.get('hostname')).toEqual(['web']);
		await kept();
		expect(await readdir(home)).not.toContain('nowhere');
	});
});
