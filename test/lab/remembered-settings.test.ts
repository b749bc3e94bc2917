/** What is remembered of `ssh -G` against the installed `ssh` itself, over many configurations and changes of them. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFile, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {SshTarget} from '../../source/model/host.ts';
import {readLocalAccount} from '../../source/ssh/resolve/local-account.ts';
import type {SshSettings} from '../../source/ssh/resolve/parse-ssh-dump.ts';
import {readSshDump} from '../../source/ssh/resolve/read-ssh-dump.ts';
import {rememberSettings} from '../../source/ssh/settings-cache/remember-settings.ts';
import {systemClock} from '../../source/support/clock.ts';

const targets: readonly SshTarget[] = [
	{kind: 'ssh', destination: 'web-01'},
	{kind: 'ssh', destination: 'WEB-02', port: 2022},
	{kind: 'ssh', destination: 'db', user: 'eve'},
	{kind: 'ssh', destination: '10.1.2.3'},
];

const conditions = [
	'Host *',
	'Host web-* !web-02',
	'Host db 10.*',
	'Match host web-01,db',
	'Match user eve',
	'Match originalhost WEB-02',
	`Match localuser ${readLocalAccount().localUser}`,
	'Match final all',
	'Match final host *.example',
	'Match !host db user root',
	'Match exec "test -e FLAG"',
	'Match host "web-01"',
];

const options = [
	'Port 2222',
	'User deploy',
	'HostName %h.example',
	'IdentityFile ~/.ssh/web_%r',
	'IdentityFile=KEYS/id',
	'IdentitiesOnly yes',
	'ProxyJump gate,ops@inner:2200',
	'ProxyCommand nc --token t0p %h %p',
	'UserKnownHostsFile ~/.ssh/kh_%h KEYS/kh',
	'UserKnownHostsFile ${PLACE}/kh',
	'HostKeyAlias fleet',
	'StrictHostKeyChecking accept-new',
	'ConnectTimeout 7',
	'Ciphers aes256-ctr',
	'KexAlgorithms -diffie-hellman*',
	'SetEnv TOKEN=t0p',
	'PreferredAuthentications publickey',
	'CertificateFile KEYS/%L-cert.pub',
	'AddressFamily inet',
	'CanonicalizeHostname no',
	'BindAddress 127.0.0.1',
	'NoSuchOption yes',
];

/** The same numbers in every run (mulberry32), so that a failure comes back. */
function createChoice(seed: number): <T>(list: readonly T[]) => T {
	let state = seed;
	return (list) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		const chosen = list[((mixed ^ (mixed >>> 14)) >>> 0) % list.length];
		if (chosen === undefined) throw new Error('nothing to choose from');
		return chosen;
	};
}

test(
	'what is remembered is what ssh -G says, whatever the configuration and however it changes',
	{timeout: 240_000},
	async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'sickbay-property-'));
		onTestFinished(() => rm(folder, {recursive: true, force: true}));
		const env = {...process.env, PLACE: folder};
		const tally = {remembered: 0, askedAnew: 0};
		for (let seed = 1; seed <= 15; seed++) {
			const choose = createChoice(seed);
			const place = path.join(folder, String(seed));
			const config = path.join(place, 'config');
			await mkdir(path.join(place, 'conf.d'), {recursive: true});
			const block = (): string => {
				const lines = Array.from({length: choose([1, 2, 3])}, () => `  ${choose(rarely(choose, options))}`);
				return `${choose(rarely(choose, conditions))}\n${lines.join('\n')}\n`.replaceAll(/KEYS|FLAG/g, `${place}/$&`);
			};
			await writeFile(config, `${block()}Include ${place}/conf.d/*.conf\n${block()}${block()}`);
			await writeFile(path.join(place, 'conf.d/a.conf'), block());
			const changes = [
				() => Promise.resolve(),
				() => appendFile(config, block()),
				() => writeFile(path.join(place, 'conf.d/b.conf'), block()),
				() => writeFile(path.join(place, 'conf.d/a.conf'), block()),
				() => writeFile(path.join(place, 'FLAG'), ''),
				() => rm(path.join(place, 'conf.d/a.conf')),
			];
			for (const change of changes) {
				await change();
				// Learns, or remembers from before the change if that goes unnoticed; then only remembers.
				for (const run of ['first', 'second']) {
					const {answers, asked} = await askAll(config, path.join(folder, 'cache'), env);
					expect(answers, `seed ${seed}, ${run} run`).toEqual(await askSsh(config, env));
					if (run === 'second') tally.remembered += targets.length - asked;
					tally.askedAnew += asked;
				}
			}
		}
		// Both ways were gone many times, or this would prove nothing.
		expect(Math.min(tally.remembered, tally.askedAnew)).toBeGreaterThan(50);
		expect(await readFile(path.join(folder, 'cache/ssh-settings.json'), 'utf8')).not.toContain('t0p');
	},
);

test('what ssh said of a host is there for the next run, also after a run that was soon over', async () => {
	const home = await mkdtemp(path.join(tmpdir(), 'sickbay-soon-over-'));
	onTestFinished(() => rm(home, {recursive: true, force: true}));
	const env = {PATH: process.env['PATH'], HOME: home};
	const words = ['dist/cli.js', 'report', '--ssh-config', 'none', '127.0.0.1:1'];
	const program = spawn(process.execPath, words, {env, stdio: 'ignore'});
	expect(await once(program, 'exit')).toEqual([3, null]);
	expect(await readFile(path.join(home, '.cache/sickbay/ssh-settings.json'), 'utf8')).toContain('hostname 127.0.0.1');
});

/** What spoils a configuration for the cache, or altogether, stands at the ends of the lists. */
function rarely<T>(choose: <C>(list: readonly C[]) => C, list: readonly T[]): readonly T[] {
	return choose([true, false, false, false, false, false]) ? list : list.slice(0, -2);
}

type Answers = readonly (SshSettings | string | null)[];

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function askSsh(configFile: string, env: NodeJS.ProcessEnv): Promise<Answers> {
	return Promise.all(targets.map((target) => readSshDump(target, {configFile, env}).catch(wordsOf)));
}

async function askAll(
	configFile: string,
	directory: string,
	env: NodeJS.ProcessEnv,
): Promise<{readonly answers: Answers; readonly asked: number}> {
	let asked = 0;
	const {read, kept} = rememberSettings({
		ask(target) {
			asked++;
			return readSshDump(target, {configFile, env});
		},
		directory,
		configFile,
		env,
		clock: systemClock,
		account: readLocalAccount(),
	});
	const answers = await Promise.all(targets.map((target) => read(target).catch(wordsOf)));
	await kept();
	return {answers, asked};
}
