/** The first complete picture of many hosts, against the least ssh2 program, a parallel `ssh` loop and Ansible. */
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {median, timeProgram, type Cost} from './processes.ts';
import {startFleet, type BenchFleet} from './start-fleet.ts';

const rounds = 5;

type Contender = {
	readonly title: string;
	readonly program: string;
	readonly args: readonly string[];
	readonly rounds: number;
	readonly env?: NodeJS.ProcessEnv;
	/** How many of the hosts the output shows to have answered. */
	readonly answered: (output: string) => number;
};

type Row = {
	readonly title: string;
	readonly seconds: number;
	/** Of the servers' own process, which has the same cores. */
	readonly serverSeconds: number;
	readonly answered: number;
};

export async function benchFirstPicture(size: number): Promise<string> {
	const fleet = await startFleet(size);
	try {
		const installed = contenders(fleet).filter(
			({program}) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
		);
		return formatRows(size, await measure(installed, fleet));
	} finally {
		await fleet.close();
	}
}

/** The contenders take turns, so that what else the machine does falls on all of them alike. */
async function measure(installed: readonly Contender[], fleet: BenchFleet): Promise<readonly Row[]> {
	const runs = installed.map((contender) => ({contender, costs: [] as Cost[], serverSeconds: [] as number[]}));
	for (let round = 0; round < rounds; round++) {
		for (const {contender, costs, serverSeconds} of runs) {
			if (round >= contender.rounds) continue;
			const before = fleet.readUsage().cpuSeconds;
			costs.push(await timeProgram(contender.program, contender.args, {...process.env, ...contender.env}));
			serverSeconds.push(fleet.readUsage().cpuSeconds - before);
		}
	}
	return runs.map(({contender, costs, serverSeconds}) => ({
		title: contender.title,
		seconds: median(costs.map((cost) => cost.wallSeconds)),
		serverSeconds: median(serverSeconds),
		answered: contender.answered(costs.at(-1)?.output ?? ''),
	}));
}

function contenders(fleet: BenchFleet): readonly Contender[] {
	const {sshConfigFile: config, hostsFile: hosts, directory} = fleet;
	const count = (pattern: RegExp) => (output: string) => output.match(pattern)?.length ?? 0;
	return [
		{
			title: 'bare ssh2 program: connect, `uname -a`',
			program: process.execPath,
			args: ['test/bench/bare-ssh2.ts', directory],
			rounds,
			answered: (output) => Number.parseInt(output, 10),
		},
		{
			title: '`sickbay report --format json`: all readings',
			program: process.execPath,
			args: [
				'dist/cli.js',
				'report',
				'--config',
				fleet.configFile,
				'-F',
				config,
				'--format',
				'json',
				'--timeout',
				'60s',
			],
			rounds,
			answered: count(/"reached": "list"/g),
		},
		{
			title: '`xargs -P50 ssh HOST uname -a`',
			program: 'sh',
			args: ['-c', `xargs -P50 -I{} ssh -F ${config} {} uname -a <${hosts}`],
			rounds: 3,
			answered: count(/^Linux /gm),
		},
		{
			title: '`ansible all -m shell -a "uname -a"`, 50 forks',
			program: 'ansible',
			args: ['all', '-i', hosts, '-f', '50', '-m', 'shell', '-a', 'uname -a', '--ssh-common-args', `-F ${config}`],
			rounds: 1,
			// What people set for speed, and no time lost on looking for Python; the simulated hosts have no sftp either.
			env: {
				ANSIBLE_PIPELINING: 'True',
				ANSIBLE_HOST_KEY_CHECKING: 'True',
				ANSIBLE_PYTHON_INTERPRETER: '/usr/bin/python3',
				ANSIBLE_SSH_CONTROL_PATH_DIR: path.join(directory, 'cp'),
			},
			answered: count(/\| CHANGED/g),
		},
	];
}

function formatRows(size: number, rows: readonly Row[]): string {
	const bare = rows[0]?.seconds ?? Number.NaN;
	const lines = rows.map(
		({title, seconds, serverSeconds, answered}) =>
			`| ${title} | ${answered} | ${seconds.toFixed(2)} s | ${(seconds / bare).toFixed(2)} | ${serverSeconds.toFixed(2)} s |`,
	);
	return `### First complete picture, ${size} hosts

| what | hosts that answered | wall clock, median | against bare ssh2 | processor time of the servers |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}
