import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createDumpReader, type ReadDump} from '../../source/ssh/resolve/read-ssh-dumps.ts';

/** Answers as `ssh -G` does, keeps account of who started it, and refuses one host. */
const sshScript = `#!/bin/sh
for host do :; done
echo "$PPID" >>"$ACCOUNT"
cat >/dev/null
case $host in broken) echo 'config line 3: Bad configuration option' >&2; exit 255;; esac
echo "hostname $host.example"
echo "user root"
`;

let directory: string;
let read: ReadDump;

beforeEach(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'sickbay-dumps-'));
	const program = path.join(directory, 'ssh');
	await writeFile(program, sshScript);
	await chmod(program, 0o755);
	const PATH = `${directory}:${process.env['PATH']}`;
	read = createDumpReader({env: {PATH, ACCOUNT: path.join(directory, 'account')}});
});

afterEach(() => rm(directory, {recursive: true, force: true}));

const ask = (name: string): ReturnType<ReadDump> => read({kind: 'ssh', destination: name});

test('many hosts asked for together each get their own settings, through a few shells', async () => {
	const names = Array.from({length: 40}, (_, index) => `host-${index}`);
	const settings = await Promise.all(names.map(ask));
	expect(settings.map((one) => one?.get('hostname')?.[0])).toEqual(names.map((name) => `${name}.example`));
	const account = await readFile(path.join(directory, 'account'), 'utf8');
	const starters = account.trim().split('\n');
	expect(starters).toHaveLength(40);
	expect(new Set(starters).size).toBeLessThanOrEqual(6);
});

test('a host whose configuration ssh refuses says so in the words of ssh, and the others are not held up', async () => {
	const names = ['a', 'b', 'broken', 'c', 'd', "it's $HOME; echo x"];
	const [a, b, broken, c, d, odd] = await Promise.allSettled(names.map(ask));
	expect([a, b, c, d].map((one) => one?.status)).toEqual(Array(4).fill('fulfilled'));
	expect(odd).toMatchObject({
		status: 'fulfilled',
		value: new Map([
			['hostname', ["it's $HOME; echo x.example"]],
			['user', ['root']],
		]),
	});
	expect(broken).toMatchObject({
		reason: {code: 'bad-configuration', message: expect.stringContaining('Bad configuration option')},
	});
});

test('a host asked for alone is answered without a shell in between', async () => {
	expect((await ask('web'))?.get('hostname')).toEqual(['web.example']);
	expect((await readFile(path.join(directory, 'account'), 'utf8')).trim()).toBe(String(process.pid));
});
