/** A lab host as plain data, so that any process may act on it, and the ways to run something inside it. */
import {run, type RunOptions} from './lab-command.ts';

export type LabHost = {
	readonly name: string;
	readonly number: number;
	readonly address: string;
	/** Where the host's disk, logs and keys are on the machine. */
	readonly directory: string;
	/** The host's process number 1, as the machine counts. */
	readonly initPid: number;
};

/** Runs a shell script on the host as root, from outside, and returns its standard output. */
export async function runOnHost(host: LabHost, script: string, options: RunOptions = {}): Promise<string> {
	const enter = ['--target', String(host.initPid), '--mount', '--uts', '--net', '--pid', '--root', '--wd'];
	return run('nsenter', [...enter, '/bin/sh', '-ec', script], options);
}

/** Starts a long-running program on the host, its output in `/var/log/NAME.log`; `script` must not contain `'`. */
export async function startOnHost(host: LabHost, name: string, script: string): Promise<void> {
	await runOnHost(host, `setsid sh -c 'exec ${script}' </dev/null >>/var/log/${name}.log 2>&1 &`);
}

/** Command lines of all processes of the host, one `pid args` per line, without the one that asks. */
export async function readProcesses(host: LabHost): Promise<readonly string[]> {
	const lines = (await runOnHost(host, 'exec ps -eo pid=,args=')).split('\n').map((line) => line.trim());
	return lines.filter((line) => !line.endsWith('ps -eo pid=,args='));
}
