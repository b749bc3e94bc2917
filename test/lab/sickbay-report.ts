/** Runs the built program without a terminal against the lab. */
import {mkdir} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {execa} from 'execa';
import type {ReportHost} from '../../source/report/report.ts';
import type {Lab} from './lab.ts';

export type {ReportFilesystem, ReportFinding, ReportHost} from '../../source/report/report.ts';

export type Outcome = {readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string};

/** What the program needs of a lab: a directory for its home and the lab's ssh_config. */
export type Surroundings = Pick<Lab, 'directory' | 'sshConfig'>;

const program = resolve('dist/cli.js');

/** How the tests start the program: with the Node they run on and a home of its own, so nobody's settings count. */
export async function describeInvocation(
	lab: Surroundings,
): Promise<{command: readonly string[]; env: Record<string, string>}> {
	const home = join(lab.directory, 'home');
	await mkdir(home, {recursive: true});
	const env = {
		HOME: home,
		XDG_CONFIG_HOME: join(home, '.config'),
		XDG_STATE_HOME: join(home, '.local/state'),
		PATH: process.env['PATH'] ?? '/usr/bin:/bin',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
	};
	return {command: [process.execPath, program], env};
}

/** Runs `sickbay ARGUMENTS -F <the lab's ssh_config>` to its end. */
export async function runSickbay(lab: Surroundings, args: readonly string[], signal?: AbortSignal): Promise<Outcome> {
	const {command, env} = await describeInvocation(lab);
	const [node = '', ...launcher] = command;
	const {exitCode, stdout, stderr} = await execa(node, [...launcher, ...args, '-F', lab.sshConfig], {
		env,
		extendEnv: false,
		reject: false,
		stdin: 'ignore',
		timeout: 60_000,
		...(signal === undefined ? {} : {cancelSignal: signal}),
	});
	return {exitCode, stdout, stderr};
}

/** The JSON report's hosts by name. */
export async function readReport(
	lab: Surroundings,
	hostNames: readonly string[],
): Promise<Outcome & {readonly hosts: ReadonlyMap<string, ReportHost>}> {
	const outcome = await runSickbay(lab, ['report', ...hostNames, '--format', 'json', '--timeout', '20s']);
	let report: {readonly schema: string; readonly hosts: readonly ReportHost[]};
	try {
		report = JSON.parse(outcome.stdout);
	} catch (cause) {
		throw new Error(`the report is not JSON; exit code ${outcome.exitCode}, stderr: ${outcome.stderr}`, {cause});
	}
	return {...outcome, hosts: new Map(report.hosts.map((host) => [host.name, host]))};
}
