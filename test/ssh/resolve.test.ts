import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {SshTarget} from '../../source/model/host.ts';
import {parseProxyJump} from '../../source/ssh/connect/parse-proxy-jump.ts';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {mapSshSettings} from '../../source/ssh/resolve/map-ssh-settings.ts';
import {parseSshDump} from '../../source/ssh/resolve/parse-ssh-dump.ts';
import {systemClock} from '../../source/support/clock.ts';

const account = {homeDirectory: '/home/ann', localUser: 'ann', localUserId: '1000', localHostname: 'laptop.lab'};

function resolveDump(dump: string, target: Partial<SshTarget> = {}, env = {}) {
	return mapSshSettings(parseSshDump(dump), {kind: 'ssh', destination: 'web', ...target}, account, env);
}

// `ssh -G -F file -- web` of OpenSSH 9.2p1 (Debian 12), the lines that matter here.
const recorded = `host web
user deploy
hostname Web-07.lab
port 2222
addressfamily inet
hashknownhosts yes
identitiesonly yes
stricthostkeychecking true
identityagent SSH_AUTH_SOCK
identityfile ~/a b/id
identityfile ~/.ssh/%r_%h
identityfile none
globalknownhostsfile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2
userknownhostsfile /home/ann/x y/kh /home/ann/kh2
connecttimeout 7
proxyjump j1,u@j2:2222
`;

test('what ssh -G prints becomes the way to a host', () => {
	expect(resolveDump(recorded, {identityFiles: ['~/own']}, {SSH_AUTH_SOCK: '/run/agent'})).toEqual({
		destination: 'web',
		hostname: 'web-07.lab',
		port: 2222,
		user: 'deploy',
		identityFiles: ['/home/ann/own', '/home/ann/a b/id', '/home/ann/.ssh/deploy_web-07.lab'],
		identitiesOnly: true,
		identityAgent: '/run/agent',
		userKnownHostsFiles: ['/home/ann/x y/kh', '/home/ann/kh2'],
		globalKnownHostsFiles: ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'],
		hostKeyAlias: null,
		strictHostKeyChecking: 'yes',
		connectTimeoutMs: 7000,
		proxyJump: 'j1,u@j2:2222',
		proxyCommand: null,
		hashKnownHosts: true,
		addressFamily: 4,
	});
});

test('none means none, wherever it stands', () => {
	const resolved = resolveDump(
		'identityagent none\nidentityfile none\nuserknownhostsfile none\nglobalknownhostsfile none\nproxycommand none\nproxyjump none\nconnecttimeout none\nhostkeyalias none\n',
		{},
		{SSH_AUTH_SOCK: '/run/agent'},
	);
	expect(resolved).toMatchObject({
		identityAgent: null,
		identityFiles: [],
		userKnownHostsFiles: [],
		globalKnownHostsFiles: [],
		proxyCommand: null,
		proxyJump: null,
		connectTimeoutMs: null,
	});
});

test.each([
	['true', 'yes'],
	['false', 'no'],
	['off', 'no'],
	['accept-new', 'accept-new'],
	['ask', 'ask'],
	['nonsense', 'ask'],
])('StrictHostKeyChecking %s is taken as %s', (printed, meant) => {
	expect(resolveDump(`stricthostkeychecking ${printed}`).strictHostKeyChecking).toBe(meant);
});

test.each([
	['~/.ssh/id', '/home/ann/.ssh/id'],
	['%d/.ssh/%u_%i', '/home/ann/.ssh/ann_1000'],
	['/k/%n-%h-%p-%r', '/k/web-web-07.lab-22-deploy'],
	['/k/%L.%l', '/k/laptop.laptop.lab'],
	['/k/%k', '/k/cluster'],
	['/k/100%%', '/k/100%'],
	['/k/%z', '/k/%z'],
	['${KEYS}/id', '/keys/id'],
	['${MISSING}/id', `${process.cwd()}/\${MISSING}/id`],
])('the key file %s is %s', (written, meant) => {
	const dump = `hostname web-07.lab\nuser deploy\nhostkeyalias cluster\nidentityfile ${written}`;
	expect(resolveDump(dump, {}, {KEYS: '/keys'}).identityFiles).toEqual([meant]);
});

test.each([
	['~/agent', {}, '/home/ann/agent'],
	['$MY_AGENT', {MY_AGENT: '/run/mine'}, '/run/mine'],
	['SSH_AUTH_SOCK', {}, null],
])('the agent %s is at %j', (written, env, meant) => {
	expect(resolveDump(`identityagent ${written}`, {}, env).identityAgent).toBe(meant);
});

test('a proxy command has its own few tokens filled in and the rest left to the shell', () => {
	const {proxyCommand} = resolveDump('hostname web-07.lab\nproxycommand ssh -W %h:%p bastion; date +%%d %d');
	expect(proxyCommand).toBe('ssh -W web-07.lab:22 bastion; date +%d %d');
});

test('a proxy command is never filled in with a name the shell would run', () => {
	expect(() => resolveDump('hostname a;reboot\nproxycommand nc %h %p')).toThrow(/cannot be passed to ProxyCommand/);
	expect(() => resolveDump('user $(reboot)\nproxycommand nc -l %r')).toThrow(/cannot be passed to ProxyCommand/);
	expect(resolveDump('hostname 2001:db8::7\nproxycommand nc %h %p').proxyCommand).toBe('nc 2001:db8::7 22');
});

test.each([
	['bastion', [{kind: 'ssh', destination: 'bastion'}]],
	[
		'ann@bastion:2222,inner',
		[
			{kind: 'ssh', destination: 'bastion', user: 'ann', port: 2222},
			{kind: 'ssh', destination: 'inner'},
		],
	],
	['ssh://ann@[2001:db8::1]:22', [{kind: 'ssh', destination: '2001:db8::1', user: 'ann', port: 22}]],
	['2001:db8::1', [{kind: 'ssh', destination: '2001:db8::1'}]],
	['a@b@bastion', [{kind: 'ssh', destination: 'bastion', user: 'a@b'}]],
	['bastion:port', null],
	['', null],
])('ProxyJump %j', (written, meant) => {
	expect(parseProxyJump(written)).toEqual(meant);
});

async function makeFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'sickbay-resolve-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** A stand-in for `ssh` that writes its arguments down and does what the script says. */
async function connectorWithSsh(script: string, configFile?: string) {
	const folder = await makeFolder();
	const log = path.join(folder, 'arguments');
	const program = `#!/bin/sh\nfor argument; do printf '%s\\n' "$argument"; done >> '${log}'\n${script}\n`;
	await writeFile(path.join(folder, 'ssh'), program, {mode: 0o755});
	const connector = createSshConnector({
		clock: systemClock,
		env: {PATH: `${folder}:/usr/bin:/bin`},
		...(configFile === undefined ? {} : {configFile}),
	});
	return {connector, asked: async () => (await readFile(log, 'utf8')).trim().split('\n')};
}

test('ssh is asked with the file, port and user given, and the name after a double dash', async () => {
	const {connector, asked} = await connectorWithSsh('echo "hostname 10.0.0.7"', '/etc/my config');
	const resolved = await connector.resolve({kind: 'ssh', destination: 'web', user: 'ann', port: 2222});
	expect(resolved.hostname).toBe('10.0.0.7');
	expect(await asked()).toEqual(['-G', '-F', '/etc/my config', '-p', '2222', '-l', 'ann', '--', 'web']);
});

test('a host asked for many times at once costs one ssh', async () => {
	const {connector, asked} = await connectorWithSsh('echo "port 2200"');
	const target: SshTarget = {kind: 'ssh', destination: 'web'};
	const all = await Promise.all(Array.from({length: 20}, () => connector.resolve(target)));
	expect(new Set(all.map(({port}) => port))).toEqual(new Set([2200]));
	expect(await asked()).toEqual(['-G', '--', 'web']);
});

test('giving up on a resolution does not fail the others waiting for it', async () => {
	const {connector} = await connectorWithSsh('sleep 0.1; echo "port 2200"');
	const giveUp = new AbortController();
	const target: SshTarget = {kind: 'ssh', destination: 'web'};
	const given = connector.resolve(target, giveUp.signal);
	const kept = connector.resolve(target);
	giveUp.abort(new Error('enough'));
	await expect(given).rejects.toThrow('enough');
	expect((await kept).port).toBe(2200);
});

test('a configuration ssh refuses is shown in its own words, and read again next time', async () => {
	const {connector, asked} = await connectorWithSsh(
		'echo "/home/ann/.ssh/config: line 3: Bad configuration option: \u001B[31mtagged" >&2\nexit 255',
	);
	const target: SshTarget = {kind: 'ssh', destination: 'web'};
	for (let time = 0; time < 2; time++) {
		await expect(connector.resolve(target)).rejects.toMatchObject({
			name: 'LadderError',
			rung: 'resolve',
			code: 'bad-configuration',
			retry: 'never',
			detail: ['/home/ann/.ssh/config: line 3: Bad configuration option: tagged'],
		});
	}
	expect(await asked()).toHaveLength(6);
});

test.each([
	[{destination: '-oProxyCommand=reboot'}],
	[{destination: ''}],
	[{destination: 'web\n07'}],
	[{destination: 'web 07'}],
	[{destination: 'web', user: '-l'}],
	[{destination: 'web', port: 70_000}],
])('%j is refused before any program sees it', async (bad) => {
	const {connector, asked} = await connectorWithSsh('true');
	await expect(connector.resolve({kind: 'ssh', ...bad})).rejects.toMatchObject({
		rung: 'resolve',
		code: 'bad-configuration',
	});
	await expect(asked()).rejects.toThrow('ENOENT');
});

async function resolveWithoutSsh(config: string, destination = 'web', others: Record<string, string> = {}) {
	const folder = await makeFolder();
	const configFile = path.join(folder, 'config');
	await writeFile(configFile, config.replaceAll('FOLDER', folder));
	for (const [name, text] of Object.entries(others)) await writeFile(path.join(folder, name), text);
	return createSshConnector({clock: systemClock, env: {PATH: folder}, configFile}).resolve({kind: 'ssh', destination});
}

test('without an ssh program the configuration file is read here', async () => {
	const resolved = await resolveWithoutSsh(
		`Include FOLDER/*.conf
Host web-* !web-09 web
  HostName %h.lab
  Port 2222
  IdentityFile "/keys/my key"
  ProxyCommand ssh -W "%h:%p" bastion
Host *
  User deploy
  Port 9
  IdentityFile /keys/all
  UserKnownHostsFile /kh
`,
		'web',
		{'a.conf': 'Host web\n  StrictHostKeyChecking accept-new\n', 'b.txt': 'Host web\n  Port 1\n'},
	);
	expect(resolved).toMatchObject({
		hostname: 'web.lab',
		port: 2222,
		user: 'deploy',
		identityFiles: ['/keys/my key', '/keys/all'],
		strictHostKeyChecking: 'accept-new',
		userKnownHostsFiles: ['/kh'],
		proxyCommand: 'ssh -W "web.lab:2222" bastion',
	});
});

test('without an ssh program a configuration with Match is refused, not guessed', async () => {
	const attempt = resolveWithoutSsh('Match exec "true"\n  Port 2222\n');
	await expect(attempt).rejects.toMatchObject({code: 'bad-configuration'});
	await expect(attempt).rejects.toThrow(/Match/);
});

test('without an ssh program files that include each other end in words, not in a loop', async () => {
	await expect(resolveWithoutSsh('Include FOLDER/config\n')).rejects.toThrow(/nests too deeply/);
});

test('without an ssh program a missing configuration file given by hand is an error', async () => {
	const folder = await makeFolder();
	const connector = createSshConnector({clock: systemClock, env: {PATH: folder}, configFile: `${folder}/none`});
	await expect(connector.resolve({kind: 'ssh', destination: 'web'})).rejects.toThrow(/cannot read SSH configuration/);
});

test('two targets are the same place only with the same account, machine and way there', () => {
	const {identityOf} = createSshConnector({clock: systemClock, env: {}});
	const here = resolveDump('hostname web-07.lab\nuser ann');
	expect(identityOf(here)).toBe(identityOf({...here, destination: 'other', hostname: 'WEB-07.lab'}));
	const others = [{user: 'bob'}, {port: 23}, {hostname: 'web-08.lab'}, {proxyJump: 'bastion'}, {proxyCommand: 'nc'}];
	for (const change of others) expect(identityOf({...here, ...change})).not.toBe(identityOf(here));
});
