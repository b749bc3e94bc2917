/** The built program asks a person in a real terminal: on the board and under a report; nothing that is typed is shown. */
import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {AuthContext} from 'ssh2';
import {describe, expect, test} from 'vitest';
import {openWard} from '../ssh/peers/ward.ts';
import {openTerminalWindow, tmux, type TerminalWindow} from './terminal-window.ts';

const password = 'correct "horse" 7';

const passwordOnly = (context: AuthContext): void => {
	if (context.method === 'password' && context.password === password) context.accept();
	else context.reject(['password']);
};

type Terminal = TerminalWindow & {readonly loggedIn: () => number};

/** `sickbay ARGUMENTS` in a window of its own, over three hosts that want a password. */
async function openTerminal(args: readonly string[]): Promise<Terminal> {
	const ward = await openWard();
	let loggedIn = 0;
	const config: string[] = [];
	for (const name of ['web-01', 'web-02', 'web-03']) {
		const peer = await ward.startPeer({
			onLogin(context, connection) {
				connection.once('ready', () => loggedIn++);
				connection.removeAllListeners('authentication');
				connection.on('authentication', passwordOnly);
				passwordOnly(context);
			},
		});
		config.push(`Host ${name}`, `Port ${peer.port}`);
	}
	const shared = ['HostName 127.0.0.1', 'User ward', 'IdentityAgent none', 'GlobalKnownHostsFile none'];
	const files = [`UserKnownHostsFile ${ward.knownHostsFile}`, `IdentityFile ${path.join(ward.folder, 'absent')}`];
	const configFile = path.join(ward.folder, 'config');
	await writeFile(configFile, [...config, 'Host *', ...shared, ...files, ''].join('\n'));
	const env = [`HOME=${ward.folder}`, `XDG_CONFIG_HOME=${ward.folder}`];
	const terminal = await openTerminalWindow([...args, '-F', configFile], {env});
	return {...terminal, loggedIn: () => loggedIn};
}

const hosts = ['web-01', 'web-02', 'web-03'];
const patient = {timeout: 20_000, interval: 100};

describe.skipIf(!existsSync(tmux))('asking a person (needs tmux)', () => {
	test('on the board one line asks, and one answer in the dialog lets three hosts in', async () => {
		const terminal = await openTerminal(hosts);
		await expect.poll(terminal.read, patient).toContain('3 hosts ask for a password: press a');
		await terminal.press('a');
		await expect
			.poll(terminal.read, patient)
			.toMatch(/Password for ward, the same for 3 hosts[^]*web-02 {2}host key SHA256:/);
		await terminal.type(password);
		await expect.poll(terminal.read, patient).toContain('typed, hidden');
		expect(await terminal.read()).not.toContain('horse');
		await terminal.press('Enter');
		await expect.poll(terminal.loggedIn, patient).toBeGreaterThanOrEqual(3);
		await expect.poll(terminal.read, patient).not.toContain('press a');
		await terminal.press('q');
		await expect.poll(terminal.read, patient).toContain('exit code 0');
	});

	test('a report asks on the terminal, and its time does not run out meanwhile', async () => {
		const terminal = await openTerminal(['report', ...hosts, '--timeout', '2s']);
		await expect.poll(terminal.read, patient).toMatch(/Password for ward, for 3 hosts:[^]*Password:/);
		await terminal.type('wrong');
		await terminal.press('Enter');
		await expect.poll(terminal.read, patient).toContain('The answer before was not accepted.');
		await new Promise((resolve) => {
			setTimeout(resolve, 2500);
		});
		await terminal.type(password);
		await terminal.press('Enter');
		await expect.poll(terminal.loggedIn, patient).toBeGreaterThanOrEqual(3);
		await expect.poll(terminal.read, patient).toMatch(/exit code \d/);
		expect(await terminal.read()).not.toMatch(/horse|not accepted the answer/);
	});

	test('Control-C at a question ends a report like any other', async () => {
		const terminal = await openTerminal(['report', ...hosts]);
		await expect.poll(terminal.read, patient).toContain('Password:');
		await terminal.press('C-c');
		await expect.poll(terminal.read, patient).toContain('exit code 130');
	});
});
