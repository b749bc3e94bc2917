/** Finds what Sickbay runs: its processes on a lab host, and its own and their children on this machine. */
import {readdir, readFile} from 'node:fs/promises';
import {kernelLogName, probeName} from '../../source/model/probe-protocol.ts';
import {readProcesses, type LabHost} from './host-shell.ts';
import type {Lab} from './lab.ts';

/** Programs a lab host runs by itself; whatever else is there came over a connection. */
const ownPrograms =
	/^(\/bin\/sh -c cd \/; while|sleep 2147483647|sshd: \/usr\/sbin\/sshd|\/usr\/sbin\/dockerd|containerd |\/usr\/bin\/containerd-shim|runc )/;

/** Command lines on the host that a connection has started, sshd's session processes included. */
export async function findVisitors(host: LabHost): Promise<readonly string[]> {
	const containerProcesses = /^\d+ (sleep 1000000|\/bin\/sh -c (cd|ps))/;
	return (await readProcesses(host))
		.filter((line) => !ownPrograms.test(line.replace(/^\d+ /, '')) && !containerProcesses.test(line))
		.filter((line) => !line.includes('<defunct>'));
}

export function isProbe(commandLine: string): boolean {
	return commandLine.includes(probeName) && !commandLine.startsWith('sshd');
}

export function isKernelLogFollower(commandLine: string): boolean {
	return commandLine.includes(kernelLogName);
}

/** Process numbers on this machine that carry the home directory the tests give to the program and its children. */
export async function findLocalProcesses(lab: Lab): Promise<readonly number[]> {
	const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
	const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')));
	return pids.filter((_, index) => environments[index]?.split('\0').includes(`HOME=${lab.directory}/home`)).map(Number);
}
