/**
 * Secrets planted in a run, looked for in everything that leaves it: what the doctor and the report print, what stands
 * on the screen, what errors carry, and what the programs it starts are given, which is what `ps` shows of them.
 */
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {inspect} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';
import type {ServerChannel} from 'ssh2';
import {selectIsFleetComplete} from '../../source/fleet/select-completeness.ts';
import {createFleetFold, emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {createFleetStore, type FleetStore} from '../../source/fleet/store.ts';
import type {SecretQuestion} from '../../source/model/attention.ts';
import type {Host} from '../../source/model/host.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import type {ResolvedTarget} from '../../source/model/resolved-target.ts';
import {buildReport} from '../../source/report/build-report.ts';
import {formatDoctor} from '../../source/report/format-doctor.ts';
import {formatDoctorJson} from '../../source/report/format-doctor-json.ts';
import {formatReportJson} from '../../source/report/format-report-json.ts';
import {formatReportMarkdown} from '../../source/report/format-report-markdown.ts';
import {formatReportText} from '../../source/report/format-report-text.ts';
import {createAttentionDesk, type AskingDesk} from '../../source/run/attention-desk.ts';
import {createReachHost} from '../../source/session/reach-host.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import {systemClock} from '../../source/support/clock.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';
import {keyboard} from '../ssh/peers/asking.ts';
import {makeKey, writeKey} from '../ssh/peers/make-key.ts';
import {openWard, type Ward} from '../ssh/peers/ward.ts';
import {openScreen} from '../ui/harness/open-screen.ts';

const passphrase = 'planted-passphrase-Lq7';
const wrongPassphrase = 'planted-wrong-passphrase-Mw3';
const password = 'planted-password-Xn2';
const wrongPassword = 'planted-wrong-password-Bv8';
const code = 'planted-code-418';

/**
 * A program that notes what it was started with, arguments and surroundings, asks for a password if it can, and fails as
 * an `ssh` that is let in nowhere.
 */
const recorder = (file: string): string => `#!/bin/sh
{ printf '%s\\n' "$0" "$@"; env; } >>'${file}'
[ -z "$SSH_ASKPASS" ] || "$SSH_ASKPASS" "carried@127.0.0.1's password: " | grep -q . && echo answered >>'${file}'
echo 'ann@peer: Permission denied (publickey,password).' >&2
exit 255
`;

type Plant = {
	readonly ward: Ward;
	readonly targets: Readonly<Record<string, ResolvedTarget>>;
	readonly recordFile: string;
	readonly binFolder: string;
	/** Lines of the private key files that hold key material. */
	readonly keyLines: readonly string[];
};

async function plant(): Promise<Plant> {
	const ward = await openWard();
	const locked = makeKey({passphrase});
	const lockedFile = await writeKey(path.join(ward.folder, 'locked'), locked);
	const torn = makeKey();
	const tornLines = torn.private.trim().split('\n');
	const tornFile = path.join(ward.folder, 'torn');
	await writeFile(tornFile, [...tornLines.slice(0, 3), ...tornLines.slice(-1)].join('\n'), {mode: 0o600});
	const binFolder = path.join(ward.folder, 'bin');
	const recordFile = path.join(ward.folder, 'started');
	await mkdir(binFolder);
	for (const name of ['ssh', 'proxy']) {
		await writeFile(path.join(binFolder, name), recorder(recordFile));
		await chmod(path.join(binFolder, name), 0o755);
	}

	const noShell = (_command: string, channel: ServerChannel): void => {
		channel.stderr.write('This account is not available\n');
		channel.exit(1);
		channel.end();
	};
	const takesPassword = await ward.startPeer({
		onExec: noShell,
		onLogin: (context) =>
			context.method === 'password' && context.password === password ? context.accept() : context.reject(['password']),
	});
	const takesNothing = await ward.startPeer({onLogin: (context) => context.reject(['password'])});
	const takesCode = await ward.startPeer({
		onExec: noShell,
		onLogin: keyboard([{prompts: [{prompt: 'Verification code: ', echo: false}], answers: [code]}]),
	});
	const takesLocked = await ward.startPeer({authorized: [locked], onExec: noShell});
	const takesNoKey = await ward.startPeer({authorized: []});
	const carried = {kind: 'ssh', destination: 'carried', transport: 'openssh'} as const;
	return {
		ward,
		recordFile,
		binFolder,
		keyLines: [locked, torn, ward.userKey].flatMap(({private: text}) => {
			const lines = text.split('\n');
			return lines.filter((line) => line.length > 20 && !line.startsWith('-----'));
		}),
		targets: {
			'right-password': ward.target(takesPassword.port, {identityFiles: []}),
			'wrong-password': ward.target(takesNothing.port, {identityFiles: [], user: 'other'}),
			'right-code': ward.target(takesCode.port, {identityFiles: []}),
			'locked-key': ward.target(takesLocked.port, {identityFiles: [lockedFile]}),
			'torn-key': ward.target(takesNoKey.port, {identityFiles: [tornFile, ...ward.target(1).identityFiles]}),
			carried: ward.target(takesPassword.port, {target: carried, user: 'carried', identityFiles: [lockedFile]}),
			proxied: ward.target(takesPassword.port, {identityFiles: [lockedFile], proxyCommand: `${binFolder}/proxy %h`}),
		},
	};
}

/** As a person would: the wrong passphrase first; the account `other` has no right password. */
function answerAll(desk: AskingDesk, asked: SecretQuestion['kind'][]): void {
	desk.subscribe(() => {
		const [question] = desk.getState().questions;
		if (question === undefined) return;
		asked.push(question.kind);
		desk.answer(question.id, [answerTo(question.kind, question.title, question.instruction)]);
	});
}

function answerTo(kind: SecretQuestion['kind'], title: string, instruction: string): string {
	if (kind === 'code') return code;
	if (kind === 'password') return title.includes('other') ? wrongPassword : password;
	return instruction === '' ? wrongPassphrase : passphrase;
}

test('no passphrase, password, code or key text leaves a run in which all of them were used', async () => {
	const {ward, targets, recordFile, binFolder, keyLines} = await plant();
	const desk = createAttentionDesk();
	const asked: SecretQuestion['kind'][] = [];
	answerAll(desk, asked);
	const connector = ward.connector({
		ask: desk.ask,
		tell: desk.tell,
		env: {PATH: `${binFolder}:${process.env['PATH'] ?? ''}`},
		resolve: ({destination}) => Promise.resolve({...targets[destination]!, destination}),
	});
	const errors: unknown[] = [];
	const reach = createReachHost(connector);
	const store = createFleetStore(emptyFleet, createFleetFold(), systemClock, 5);
	const supervisor = superviseFleet({
		hosts: Object.keys(targets).map(declare),
		clock: systemClock,
		dispatch: store.dispatch,
		reach: (request) =>
			reach(request).catch((error: unknown) => {
				errors.push(error);
				throw error;
			}),
	});
	onTestFinished(() => supervisor.close());
	await complete(store);

	// Every secret was really used: else nothing is shown by its absence.
	expect(new Set(asked)).toEqual(new Set(['password', 'code', 'passphrase']));
	const broken = [...store.getState().hosts].map(([name, {ladder}]) => [name, ladder.broken?.rung]);
	expect(Object.fromEntries(broken)).toEqual({
		'right-password': 'shell',
		'wrong-password': 'authentication',
		'right-code': 'shell',
		'locked-key': 'shell',
		'torn-key': 'authentication',
		carried: 'authentication',
		proxied: 'tcp',
	});
	const started = await readFile(recordFile, 'utf8');
	expect(started).toContain(`${binFolder}/proxy`);
	expect(started).toContain('BatchMode=no');
	expect(started).toContain('SICKBAY_ASKPASS_TOKEN');
	expect(started).toContain('answered');
	expect(errors.length).toBeGreaterThanOrEqual(4);
	expect(errors.every((error) => error instanceof LadderError)).toBe(true);

	const said: Readonly<Record<string, string>> = {
		...(await printed(store, desk)),
		'programs started': started,
		errors: inspect(errors, {depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null}),
		state: inspect([...store.getState().hosts], {depth: null, maxStringLength: null, maxArrayLength: null}),
	};
	const planted = [passphrase, wrongPassphrase, password, wrongPassword, code, 'PRIVATE KEY', ...keyLines];
	for (const [place, text] of Object.entries(said)) {
		const whole = `${text}\n${withoutBreaks(text)}`;
		// What is not secret is found there: the search looks at the right text.
		const known = place === 'programs started' ? binFolder : path.join(ward.folder, 'torn');
		expect([place, whole.includes(known)]).toEqual([place, true]);
		for (const variant of planted.flatMap(disguises)) {
			expect([place, whole.includes(variant) ? variant : null]).toEqual([place, null]);
		}
	}
});

/** The doctor and the screen break long words. */
function withoutBreaks(text: string): string {
	return text.replace(/\s+/g, '');
}

/** A secret as it is, and as bytes that `inspect` or a log would print. */
function disguises(secret: string): readonly string[] {
	const bytes = Buffer.from(secret);
	const spaced = bytes.toString('hex').replace(/(..)(?=.)/g, '$1 ');
	return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=*$/, '').slice(0, -1), spaced];
}

function declare(name: string): Host {
	return sampleHostDeclaration({key: name, name, target: {kind: 'ssh', destination: name}, sudo: 'never'});
}

function complete(store: FleetStore): Promise<void> {
	return new Promise((resolve) => {
		const check = (): void => {
			if (selectIsFleetComplete(store.getState())) resolve();
		};
		store.subscribe(check);
		check();
	});
}

/** All that a person sees or pastes: the doctor, the reports, and the screen with each host's view. */
async function printed(store: FleetStore, attention: AskingDesk): Promise<Readonly<Record<string, string>>> {
	const now = systemClock.now();
	const state = store.getState();
	const hosts = [...state.hosts.values()];
	const facts = {now, version: '0.0.0', demo: false};
	const report = buildReport(state, facts);
	const opened = await openScreen({fleet: state, attention, columns: 160, rows: 60});
	let screen = '';
	for (const _ of hosts) {
		await opened.press('\r');
		for (const tab of ['1', '2', '3', '4', '5']) {
			await opened.press(tab);
			screen += opened.terminal.rows().join('\n');
		}
		await opened.press('\u001B');
		await opened.press('j');
	}
	return {
		doctor: hosts.map((host) => formatDoctor(host, now)).join('\n'),
		'doctor as JSON': formatDoctorJson(hosts, facts),
		report: formatReportText(report, {}),
		'report as JSON': formatReportJson(report),
		'report as Markdown': formatReportMarkdown(report),
		screen: screen + opened.terminal.takeOutput(),
	};
}
