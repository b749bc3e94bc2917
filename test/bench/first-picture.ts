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
		const rows: Row[] = [];
		for (const contender of contenders(fleet)) {
			if (spawnSync('sh', ['-c', `command -v ${contender.program}`]).status !== 0) continue;
			rows.push(await measure(contender, fleet));
		}
		return formatRows(size, rows);
	} finally {
		await fleet.close();
	}
}

async function measure(contender: Contender, fleet: BenchFleet): Promise<Row> {
	const costs: Cost[] = [];
	const before = fleet.readUsage();
	for (let round = 0; round < contender.rounds; round++)
		costs.push(await timeProgram(contender.program, contender.args, {...process.env, ...contender.env}));
	return {
		title: contender.title,
		seconds: median(costs.map((cost) => cost.wallSeconds)),
		serverSeconds: (fleet.readUsage().cpuSeconds - before.cpuSeconds) / contender.rounds,
		answered: contender.answered(costs.at(-1)?.output ?? ''),
	};
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
