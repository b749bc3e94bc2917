/** Makes a lab host sick in one way after another, and notes what the built program says of it and when. */
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {LabHost} from '../host-shell.ts';
import {removeRun, startLab, type Lab} from '../lab.ts';
import {waitFor} from '../wait-for.ts';
import {askDoctor, openFaultBoard, type DoctorHost, type FaultBoard} from './fault-board.ts';
import type {FaultRow} from './format-fault-table.ts';
import {namespaceFaults, type NamespaceFault} from './namespace-faults.ts';

type Setting = {readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv; readonly name: string};

export async function tryNamespaceFaults(): Promise<readonly FaultRow[]> {
	const lab = await startLab(1);
	try {
		const [host] = lab.hosts;
		if (host === undefined) throw new Error('the lab has no host');
		const rows: FaultRow[] = [];
		for (const fault of namespaceFaults) {
			const row = await tryOne(fault, host, await writeSetting(lab, host, fault));
			process.stdout.write(`${JSON.stringify(row)}\n`);
			rows.push(row);
		}
		return rows;
	} finally {
		await removeRun(lab.directory);
	}
}

async function writeSetting(lab: Lab, host: LabHost, fault: NamespaceFault): Promise<Setting> {
	const home = path.join(lab.directory, 'home');
	await mkdir(home, {recursive: true});
	const name = `${host.name}-${fault.account}`;
	const config = path.join(lab.directory, 'fault.yaml');
	const socket = fault.engineSocket === undefined ? '' : `\n    engineSocket: ${fault.engineSocket}`;
	await writeFile(
		config,
		`sources: {sshConfig: false, dockerContexts: false, localEngine: false}\nhosts:\n  - host: ${name}${socket}\n`,
	);
	const env = {PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', TZ: 'UTC'};
	return {name, env, args: ['-F', lab.sshConfig, '--config', config, '--no-sudo']};
}

async function tryOne(fault: NamespaceFault, host: LabHost, {name, args, env}: Setting): Promise<FaultRow> {
	if (!fault.live) await fault.inflict(host);
	const board = await openFaultBoard(args, env);
	try {
		if (fault.live) {
			await waitFor(`${name} is well`, 60_000, async () => isWell(await board.rowOf(name)));
			await fault.inflict(host);
		}
		const startedAt = Date.now();
		const noticedMs = fault.words === null ? null : await timeUntil(fault, startedAt, board, name);
		const [seen] = await askDoctor(args, env);
		const liftedAt = Date.now();
		await fault.lift(host);
		const recoveredMs = fault.words === null ? null : await timeRecovery(fault.words, liftedAt, board, name);
		return {...describe(seen), fault: fault.fault, provokedBy: fault.provokedBy, noticedMs, recoveredMs};
	} finally {
		await board.close();
	}
}

function timeUntil(fault: NamespaceFault, since: number, board: FaultBoard, name: string): Promise<number | null> {
	return waitFor(fault.fault, fault.noticeWithinMs ?? 90_000, async () =>
		fault.words?.test(await board.rowOf(name)),
	).then(
		() => Date.now() - since,
		() => null,
	);
}

function timeRecovery(words: RegExp, since: number, board: FaultBoard, name: string): Promise<number | null> {
	return waitFor('recovery', 200_000, async () => {
		const row = await board.rowOf(name);
		return isWell(row) && !words.test(row);
	}).then(
		() => Date.now() - since,
		() => null,
	);
}

/** Its containers are counted, which is the last thing read. */
function isWell(row: string): boolean {
	return / \d+\/\d+ /.test(row);
}

function describe(seen: DoctorHost | undefined): Pick<FaultRow, 'rung' | 'code' | 'words'> {
	const broken = seen?.ladder.find(({state}) => state === 'broken');
	if (broken !== undefined) return {rung: broken.rung, code: broken.code ?? '–', words: broken.summary ?? ''};
	const last = seen?.ladder.findLast(({state}) => state === 'passed');
	const way = seen?.ladder.find(({rung}) => rung === 'engine-socket')?.note ?? '';
	return {rung: `none (up to ${last?.rung ?? 'nothing'})`, code: '–', words: `reached all the same: ${way}`};
}
