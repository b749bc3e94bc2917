/**
 * A run of the lab: its hosts, keys and ssh_config under one directory that carries the owner's process number, and
 * the tearing down of all that, whether the owner says so, dies, or died long ago.
 */
import {spawn} from 'node:child_process';
import {mkdir, readdir, readFile, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {restoreKernelLogRights, restrictKernelLog} from './kernel-log-rights.ts';
import {run, tryRun} from './lab-command.ts';
import {importImage, packImage} from './lab-engine.ts';
import type {LabHost} from './host-shell.ts';
import {claimNumber, createHost, destroyHost} from './lab-host.ts';
import {createClientKeys, writeSshConfig} from './lab-keys.ts';
import {formatHostName, guardRange, hostPrefix, namespaceFolder, unguardRange} from './lab-network.ts';

export type Lab = {
	readonly directory: string;
	readonly hosts: readonly LabHost[];
	readonly sshConfig: string;
};

const parent = '/var/tmp';
const runPrefix = 'sickbay-lab-';

/** Brings up `size` hosts with their engines and an image; whatever ends this process, they go with it. */
export async function startLab(size: number): Promise<Lab> {
	await guardRange();
	await removeDeadRuns();
	const directory = join(parent, `${runPrefix}${process.pid}`);
	await mkdir(join(directory, 'hosts'), {recursive: true});
	startKeeper(directory);
	try {
		await Promise.all([createClientKeys(directory), packImage(directory), restrictKernelLog(directory)]);
		const hosts = await Promise.all(
			(await claimNumbers(directory, size)).map((number) => createHost(directory, number)),
		);
		await Promise.all(hosts.map((host) => importImage(host, directory)));
		return {directory, hosts, sshConfig: await writeSshConfig(directory, hosts)};
	} catch (error) {
		await removeRun(directory);
		throw error;
	}
}

/** Removes everything of a run; a second call finds nothing and does nothing. */
export async function removeRun(directory: string): Promise<void> {
	await releaseLoops(directory);
	await restoreKernelLogRights(directory);
	const names = await readdir(join(directory, 'hosts')).catch(() => []);
	await Promise.all(names.map((name) => destroyHost(name, join(directory, 'hosts', name))));
	await rm(directory, {recursive: true, force: true, maxRetries: 10});
	if ((await listRuns()).length === 0) await unguardRange();
}

/** Removes the runs whose owner is no more, and hosts nobody claims. */
export async function removeDeadRuns(): Promise<void> {
	const runs = await listRuns();
	for (const run of runs) if (!isAlive(ownerOf(run))) await removeRun(run);
	const claimed = new Set((await Promise.all(runs.filter((run) => isAlive(ownerOf(run))).map(listHosts))).flat());
	const names = await readdir(namespaceFolder).catch(() => []);
	for (const name of names) {
		if (name.startsWith(hostPrefix) && !claimed.has(name))
			await destroyHost(name, join(parent, `${runPrefix}lost`, name));
	}
}

async function claimNumbers(directory: string, size: number): Promise<readonly number[]> {
	const numbers: number[] = [];
	while (numbers.length < size) {
		const number = await claimNumber();
		await mkdir(join(directory, 'hosts', formatHostName(number)));
		numbers.push(number);
	}
	return numbers;
}

/** A process that waits for the owner's end, even a sudden one, and then removes the run. */
function startKeeper(directory: string): void {
	const script = join(dirname(fileURLToPath(import.meta.url)), 'keep-lab.ts');
	const keeper = spawn(process.execPath, [script, directory], {detached: true, stdio: ['pipe', 'ignore', 'ignore']});
	keeper.unref();
	const lifeline: unknown = keeper.stdin;
	if (lifeline !== null && typeof lifeline === 'object' && 'unref' in lifeline) (lifeline as {unref(): void}).unref();
}

async function listRuns(): Promise<readonly string[]> {
	const entries = await readdir(parent);
	return entries.filter((entry) => entry.startsWith(runPrefix)).map((entry) => join(parent, entry));
}

async function listHosts(directory: string): Promise<readonly string[]> {
	return readdir(join(directory, 'hosts')).catch(() => []);
}

function ownerOf(directory: string): number {
	return Number(basename(directory).slice(runPrefix.length));
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

/** Unmounts what tests mounted on the machine from files of the run, and frees their loop devices. */
async function releaseLoops(directory: string): Promise<void> {
	const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
	for (const mountPoint of mounts) if (mountPoint.startsWith(`${directory}/`)) await tryRun('umount', [mountPoint]);
	const loops = (await run('losetup', ['--list', '--noheadings', '--output', 'NAME,BACK-FILE'])).split('\n');
	for (const line of loops) {
		const [device, file] = line.trim().split(/\s+/);
		if (device && file?.startsWith(`${directory}/`)) await tryRun('losetup', ['--detach', device]);
	}
}
