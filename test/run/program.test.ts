/** The built program at its edges: help, mistakes, pipes that close, signals. */
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, symlink, writeFile} from 'node:fs/promises';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test} from 'vitest';
import {version} from '../../source/cli/version.ts';
import {createDirectory, program, run, startProgram} from './start-program.ts';

describe('the built program', () => {
	test('prints its version, and help that fits 80 columns', async () => {
		const [asked, help] = await Promise.all([run(['--version']), run(['--help'])]);
		expect(asked).toEqual({exitCode: 0, signal: null, out: `${version}\n`, error: ''});
		expect(help).toMatchObject({exitCode: 0, error: ''});
		expect(Math.max(...help.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
	});

	test.each([['--version'], ['--help'], ['help', 'report']])('loads no screen, no SSH for %s', async (...argv) => {
		const record = fileURLToPath(new URL('../cli/launcher/record-modules.mjs', import.meta.url));
		const file = path.join(createDirectory('modules'), 'list');
		const {exitCode} = await run(argv, {nodeOptions: ['--import', record], env: {RECORD_MODULES: file}});
		expect(exitCode).toBe(0);
		const loaded = (await readFile(file, 'utf8')).trimEnd().split('\n');
		expect(loaded.some((url) => url.endsWith('/dist/cli.js'))).toBe(true);
		expect(loaded.filter((url) => url.includes('/node_modules/'))).toEqual([]);
	});

	test('loads no screen for a report', async () => {
		const record = fileURLToPath(new URL('../cli/launcher/record-modules.mjs', import.meta.url));
		const file = path.join(createDirectory('modules'), 'list');
		const env = {RECORD_MODULES: file};
		await run(['report', '--demo', 'cache-01'], {nodeOptions: ['--import', record], env});
		const packages = (await readFile(file, 'utf8')).matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g);
		const names = new Set([...packages].map(([, name]) => name));
		expect([...names]).toContain('ssh2');
		for (const screen of ['ink', 'react', 'yoga-layout']) expect([...names]).not.toContain(screen);
	});

	test('starts through a symbolic link, as npm installs it', async () => {
		const link = path.join(createDirectory('bin'), 'sickbay');
		await symlink(program, link);
		const env = {PATH: path.dirname(process.execPath)};
		const {stdout} = await promisify(execFile)(link, ['--version'], {env});
		expect(stdout).toBe(`${version}\n`);
	});
});

describe('a mistake on the command line', () => {
	test.each([
		[['--frmat', 'json'], 'unknown option --frmat', 'Did you mean --format?'],
		[['report', '--format', 'jsn'], '--format takes text or json or markdown, not "jsn"', ''],
		[['report', '--timeout', 'soon'], '"soon" is not a duration', '500ms, 20s or 2m'],
		[['--demo', 'nosuch'], 'the demo fleet has no host "nosuch"', 'It has web-01, '],
		[['report', '--demo', 'web-01', 'nosuch'], 'the demo fleet has no host "nosuch"', 'It has web-01, '],
		[['report', '@nosuch'], 'nosuch', ''],
		[['report', '--config', '/no/such/file'], 'cannot read the configuration /no/such/file', ''],
		[['report', '-F', '/no/such/file', 'web'], 'cannot read the SSH configuration /no/such/file', ''],
	])('%j ends with 64, one line that says so and at most one that helps', async (argv, message, hint) => {
		const {exitCode, out, error} = await run(argv);
		const [first = '', second = '', ...rest] = error.split('\n');
		expect({exitCode, out}).toEqual({exitCode: 64, out: ''});
		expect(first).toMatch(/^sickbay: /);
		expect(first).toContain(message);
		expect(second).toContain(hint);
		expect(rest.filter((line) => line !== '')).toEqual([]);
	});

	test('with nothing to look at points to the demo', async () => {
		const {exitCode, error} = await run(['report', '-F', 'none'], {env: {PATH: '/nonexistent'}});
		expect(exitCode).toBe(64);
		expect(error).toContain('there is no host to look at');
		expect(error).toContain('sickbay --demo');
	});
});

test('a mistake in the configuration is told by file, line and key', async () => {
	const file = path.join(createDirectory('configuration'), 'config.yaml');
	await writeFile(file, 'hosts:\n  - host: web-01\n    prot: 2222\n');
	const {exitCode, out, error} = await run(['report', '--config', file]);
	expect({exitCode, out}).toEqual({exitCode: 64, out: ''});
	expect(error.split('\n')[0]).toBe(`sickbay: ${file}:3:5: unknown key hosts[0].prot`);
	expect(error.split('\n')[1]).toBe('Did you mean port?');
});

describe('a pipe whose reader leaves early', () => {
	test.each([['report', '--demo', 'cache-01'], ['--help']])('ends %s quietly', async (...argv) => {
		const {child, ended, leftBehind} = startProgram(argv);
		child.stdout?.destroy();
		const {signal, error} = await ended;
		expect({signal, error, left: leftBehind()}).toEqual({signal: null, error: '', left: []});
	});

	test('as in `| head -1` gets its line, and no complaint follows', async () => {
		const shell = spawn(
			'sh',
			['-c', '"$0" "$1" report --demo web-01 cache-01 --format json | head -n 1', process.execPath, program],
			{
				env: {PATH: process.env['PATH'], HOME: '/nonexistent'},
			},
		);
		let out = '';
		let error = '';
		shell.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
		shell.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
		await once(shell, 'close');
		expect({out, error}).toEqual({out: '{\n', error: ''});
	});
});

describe.each([
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
] as const)('%s', (signal, exitCode) => {
	test('while the fleet is being opened ends the report at once, with everything cleaned up', async () => {
		const {child, ended, leftBehind} = startProgram(['report', '--demo', 'batch-02']);
		await expect.poll(leftBehind, {timeout: 10_000}).toHaveLength(1);
		child.kill(signal);
		expect(await ended).toEqual({exitCode, signal: null, out: '', error: ''});
		expect(leftBehind()).toEqual([]);
	});

	test('while a host is asked ends the report at once, unprinted, and the connection with it', async () => {
		const silentHost = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => void silentHost.close());
		await once(silentHost, 'listening');
		const {port} = silentHost.address() as AddressInfo;
		const {child, ended} = startProgram(['report', '-F', 'none', `ops@127.0.0.1:${port}`]);
		const [socket] = (await once(silentHost, 'connection')) as [Socket];
		const gone = once(socket.on('error', () => undefined).resume(), 'close');
		child.kill(signal);
		expect(await ended).toEqual({exitCode, signal: null, out: '', error: ''});
		await gone;
	});
});

describe('the doctor', () => {
	test('walks the ladder, says what to do where it breaks, and ends with the report’s code', async () => {
		const {exitCode, out, error} = await run(['doctor', '--demo', 'web-01', 'db-02', 'cache-01']);
		expect({exitCode, error}).toEqual({exitCode: 3, error: ''});
		const parts = out.split(/^(?=\S+ \(DEMO\))/m);
		const part = (name: string): string => parts.find((text) => text.startsWith(name)) ?? '';
		const [web, db, cache] = [part('web-01'), part('db-02'), part('cache-01')];
		expect(web).toContain('Every rung holds and everything can be read.');
		expect(web).not.toContain('✖');
		expect(db).toMatch(/✖ host.key/);
		expect(db).toContain('ssh-keygen');
		expect(db).toContain('The first broken rung is host-key.');
		expect(cache).toMatch(/✖ tcp/i);
		expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
	});

	test('says the same as JSON', async () => {
		const {exitCode, out} = await run(['doctor', '--demo', '--format', 'json', 'web-01', 'db-02']);
		expect(exitCode).toBe(3);
		const doctor = JSON.parse(out) as {hosts: {name: string; ladder: {rung: string; state: string}[]}[]};
		expect(doctor).toMatchObject({schema: 'sickbay.doctor/1', demo: true});
		const states = new Map(doctor.hosts.map(({name, ladder}) => [name, ladder.map(({state}) => state)]));
		expect(states.get('web-01')).toEqual(Array.from({length: 11}, () => 'passed'));
		expect(states.get('db-02')).toEqual([
			...Array.from({length: 4}, () => 'passed'),
			'broken',
			...Array.from({length: 6}, () => 'untried'),
		]);
	});
});
