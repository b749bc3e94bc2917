/** Names whose server keeps silent, in a network of their own, beside names that are answered. */
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';

const run = promisify(execFile);

/** The name server is told to go in the end, and with it the namespace. */
const script = `
ip link set lo up
mount --bind "$FOLDER/resolv.conf" /etc/resolv.conf
node test/lab/silent-name-server.ts >"$FOLDER/heard" & server=$!
until [ -s "$FOLDER/heard" ]; do kill -0 $server || exit 1; sleep 0.1; done
node dist/cli.js report --format json --timeout 9s 'silent-[001-100].test' 'well-[01-20].test'
kill $server
`;

test('a hundred names that hang hold up no host whose name is answered', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'sickbay-names-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	await writeFile(path.join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
	const env = {PATH: process.env['PATH'], HOME: folder, FOLDER: folder, TZ: 'UTC'};
	const {stdout} = await run('unshare', ['--net', '--mount', 'sh', '-c', script], {env, maxBuffer: 2 ** 26});
	const report = JSON.parse(stdout) as {hosts: {name: string; rung: {broken: string | null}}[]};
	const broken = report.hosts.filter(({name}) => name.startsWith('well')).map((host) => host.rung.broken);
	// Nobody listens on port 22 there: with the name looked up, that is soon known.
	expect(broken).toEqual(Array<string>(20).fill('tcp'));
});
