/**
 * Writes docs/faults.md: provokes every reason there is on loopback, runs the built program against it, and notes the
 * rung, the words, and the times. Needs what the lab needs; `npm run build` first. Takes about twenty minutes.
 */
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {execa} from 'execa';
import {askDoctor, openFaultBoard, type DoctorHost} from './fault-table/fault-board.ts';
import {openFaultWard, type FaultWard} from './fault-table/fault-ward.ts';
import {formatFaultTable, type FaultRow} from './fault-table/format-fault-table.ts';
import {liveFaults, type LiveFault, type LiveHost} from './fault-table/live-faults.ts';
import {standingFaults, type Prepared} from './fault-table/standing-faults.ts';
import {tryNamespaceFaults} from './fault-table/try-namespace-faults.ts';
import {run} from './lab-command.ts';
import {explainWhatIsMissing} from './requirements.ts';
import {waitFor} from './wait-for.ts';

const target = new URL('../../docs/faults.md', import.meta.url).pathname;

type Setting = {readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv};

async function main(): Promise<void> {
	const missing = explainWhatIsMissing();
	if (missing !== null) throw new Error(missing);
	const ward = await openFaultWard();
	try {
		const startedAt = new Date();
		const rows = [...(await tryNamespaceFaults()), ...(await tryLive(ward)), ...(await tryStanding(ward))];
		await writeFile(target, formatFaultTable(rows, await describeMeasurement(startedAt)));
	} finally {
		await ward.close();
	}
}

async function describeMeasurement(startedAt: Date): Promise<string> {
	const day = startedAt.toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
	const times = [startedAt, new Date()].map((date) => date.toISOString().slice(11, 16));
	const {stderr} = await execa('ssh', ['-V']);
	const programs = [stderr.split(',')[0], (await run('dockerd', ['--version'])).split(',')[0]].join(', ');
	return `Measured on ${day}, ${times.join(' to ')} UTC, with ${programs} and Node.js ${process.versions.node}.`;
}

function formatBlock(ward: FaultWard, name: string, port: number, extra: readonly string[]): string {
	const usual = [
		'HostName 127.0.0.1',
		`Port ${port}`,
		'IdentitiesOnly yes',
		`IdentityFile ${ward.userKey}`,
		`UserKnownHostsFile ${ward.knownHosts}`,
		'GlobalKnownHostsFile /dev/null',
	];
	// The first value wins in ssh_config, and every IdentityFile counts.
	const taken = new Set(extra.map((line) => line.split(' ')[0]));
	const lines = [...extra, ...usual.filter((line) => !taken.has(line.split(' ')[0]))];
	return `Host ${name}\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

async function writeSetting(
	ward: FaultWard,
	label: string,
	hosts: readonly {readonly name: string; readonly port: number; readonly prepared: Prepared}[],
): Promise<Setting> {
	const sshConfig = path.join(ward.folder, `${label}_ssh_config`);
	const config = path.join(ward.folder, `${label}.yaml`);
	await writeFile(
		sshConfig,
		hosts.map(({name, port, prepared}) => formatBlock(ward, name, port, prepared.sshConfig ?? [])).join(''),
	);
	const entries = hosts.map(({name, prepared}) =>
		prepared.engineSocket === undefined
			? `  - ${name}\n`
			: `  - host: ${name}\n    engineSocket: ${prepared.engineSocket}\n`,
	);
	await writeFile(
		config,
		`sources: {sshConfig: false, dockerContexts: false, localEngine: false}\nhosts:\n${entries.join('')}`,
	);
	const env = {PATH: process.env['PATH'], HOME: ward.folder, LANG: 'C.UTF-8', TZ: 'UTC'};
	return {args: ['-F', sshConfig, '--config', config, '--no-sudo'], env};
}

async function tryStanding(ward: FaultWard): Promise<readonly FaultRow[]> {
	const hosts = [];
	const engine = await ward.startEngine('standing');
	for (const fault of standingFaults) {
		const port = await ward.findPort();
		await trustAs(ward, fault.name, port);
		hosts.push({
			name: fault.name,
			port,
			fault,
			prepared: {engineSocket: engine.path, ...(await fault.prepare(ward, port))},
		});
	}
	const setting = await writeSetting(ward, 'standing', hosts);
	const doctor = await askDoctor(setting.args, setting.env);
	const byName = new Map(doctor.map((host) => [host.name, host]));
	const recovered = await timeRecoveries(setting, hosts, byName);
	return hosts.map(({name, fault}) => {
		const broken = byName.get(name)?.ladder.find(({state}) => state === 'broken');
		const last = byName.get(name)?.ladder.findLast(({state}) => state === 'passed');
		return {
			fault: fault.fault,
			provokedBy: fault.provokedBy,
			rung: broken?.rung ?? `none (up to ${last?.rung ?? 'nothing'})`,
			code: broken?.code ?? '–',
			words: (broken?.summary ?? `reached all the same: ${byName.get(name)?.transport}`).replaceAll(
				ward.folder,
				'/tmp',
			),
			noticedMs: broken?.afterMs ?? null,
			recoveredMs: recovered.get(name) ?? null,
		};
	});
}

/** Which keys are on file for whom: most hosts are known, three are not as they should be. */
async function trustAs(ward: FaultWard, name: string, port: number): Promise<void> {
	const own = path.join(ward.folder, 'host.pub');
	const file = (label: string): string => path.join(ward.folder, label);
	const {readFile} = await import('node:fs/promises');
	const [type, key] = (await readFile(own, 'utf8')).split(' ');
	const [otherType, other] = (await readFile(`${ward.strangerKey}.pub`, 'utf8')).split(' ');
	if (name === 'key-changed') await writeFile(file('changed_known_hosts'), `changed ${otherType} ${other}\n`);
	else if (name === 'key-revoked') {
		await writeFile(file('revoked_known_hosts'), `@revoked [127.0.0.1]:${port} ${type} ${key}\n`);
	} else if (name !== 'key-unknown') await ward.trust(port, own);
}

type Standing = {readonly name: string; readonly prepared: Prepared};

async function timeRecoveries(
	setting: Setting,
	hosts: readonly Standing[],
	doctor: ReadonlyMap<string, DoctorHost>,
): Promise<ReadonlyMap<string, number>> {
	const board = await openFaultBoard(setting.args, setting.env);
	const times = new Map<string, number>();
	try {
		const wordsOf = (name: string): string =>
			(doctor.get(name)?.ladder.find(({state}) => state === 'broken')?.summary ?? '').slice(0, 18);
		const sick: Standing[] = [];
		for (const host of hosts.filter(({name, prepared}) => prepared.lift !== undefined && wordsOf(name) !== '')) {
			const isSick = async (): Promise<boolean> => (await board.rowOf(host.name)).includes(wordsOf(host.name));
			// What doctor saw and the board does not show cannot be timed; the table then has no time for it.
			const seen = await waitFor(`${host.name} is sick`, 60_000, isSick).catch(() => false);
			if (seen) sick.push(host);
		}
		const liftedAt = Date.now();
		await Promise.all(sick.map(({prepared}) => prepared.lift?.()));
		await waitFor('all are well again', 200_000, async () => {
			for (const {name} of sick) {
				if (!times.has(name) && !(await board.rowOf(name)).includes(wordsOf(name))) {
					times.set(name, Date.now() - liftedAt);
				}
			}
			return times.size === sick.length;
		}).catch(() => undefined);
		return times;
	} finally {
		await board.close();
	}
}

async function tryLive(ward: FaultWard): Promise<readonly FaultRow[]> {
	const hosts = new Map<string, LiveHost>();
	for (const name of ['live-1', 'live-2', 'live-3', 'gate', 'inner-1', 'inner-2']) {
		const port = await ward.findPort();
		await ward.trust(port, path.join(ward.folder, 'host.pub'));
		const engine = await ward.startEngine(name);
		hosts.set(name, {name, port, engine, sshd: await ward.startSshd(port)});
	}
	const declared = [...hosts.values()].map(({name, port, engine}) => ({
		name,
		port,
		prepared: {engineSocket: engine.path, sshConfig: name.startsWith('inner') ? ['ProxyJump gate'] : []},
	}));
	const setting = await writeSetting(ward, 'live', declared);
	const board = await openFaultBoard(setting.args, setting.env);
	try {
		const rows: FaultRow[] = [];
		for (const fault of liveFaults) {
			const row = await timeLive(fault, hosts, ward, board);
			process.stdout.write(`${JSON.stringify(row)}\n`);
			rows.push(row);
		}
		return rows;
	} finally {
		await board.close();
	}
}

async function timeLive(
	fault: LiveFault,
	hosts: ReadonlyMap<string, LiveHost>,
	ward: FaultWard,
	board: Awaited<ReturnType<typeof openFaultBoard>>,
): Promise<FaultRow> {
	const where = fault.everywhere ? board.screen : () => board.rowOf(fault.host);
	const anySick = /lost|silent|hung|down|jump host|offline|slept|refused|connecting|still reading|no answer/;
	await waitFor('every host is well', 120_000, async () => !anySick.test(await board.screen()));
	const startedAt = Date.now();
	await fault.inflict(hosts, ward, board.pid);
	const inflictedAt = fault.countsFromEnd ? Date.now() : startedAt;
	let words = '';
	const noticed = await waitFor(fault.fault, fault.noticeWithinMs ?? 60_000, async () => {
		words = fault.words.exec(await where())?.[0] ?? '';
		return words !== '';
	}).then(
		() => Date.now() - inflictedAt,
		() => null,
	);
	const liftedAt = Date.now();
	await fault.lift(hosts, ward, board.pid);
	const recovered = await waitFor('recovery', 120_000, async () => !anySick.test(await board.screen())).then(
		() => Date.now() - liftedAt,
		() => null,
	);
	const {provokedBy} = fault;
	// The board's rows show words only; rung and code would have to be guessed.
	const [rung, code] = ['not read', 'not read'];
	return {fault: fault.fault, provokedBy, rung, code, words, noticedMs: noticed, recoveredMs: recovered};
}

await main();
