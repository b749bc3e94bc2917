/** The first complete picture of many hosts, against the least ssh2 program, a parallel `ssh` loop and Ansible. */
import {spawn, spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {median, timeProgram, untilOutput, type Cost} from './processes.ts';

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

export async function benchFirstPicture(size: number): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-bench-'));
	const fleet = spawn(process.execPath, ['test/bench/fleet-process.ts', String(size), directory], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	try {
		await untilOutput(fleet, 'ready');
		const rows: {title: string; seconds: number; answered: number}[] = [];
		for (const contender of contenders(directory)) {
			if (spawnSync('sh', ['-c', `command -v ${contender.program}`]).status !== 0) continue;
			const costs: Cost[] = [];
			for (let round = 0; round < contender.rounds; round++)
				costs.push(await timeProgram(contender.program, contender.args, {...process.env, ...contender.env}));
			rows.push({
				title: contender.title,
				seconds: median(costs.map((cost) => cost.wallSeconds)),
				answered: contender.answered(costs.at(-1)?.output ?? ''),
			});
		}
		return formatRows(size, rows);
	} finally {
		fleet.stdin?.end();
		await rm(directory, {recursive: true, force: true});
	}
}

function contenders(directory: string): readonly Contender[] {
	const config = path.join(directory, 'ssh_config');
	const hosts = path.join(directory, 'hosts');
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
				path.join(directory, 'config.yaml'),
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
			answered: count(/Linux/g),
		},
		{
			title: '`ansible all -m shell -a "uname -a"`, 50 forks',
			program: 'ansible',
			args: ['all', '-i', hosts, '-f', '50', '-m', 'shell', '-a', 'uname -a', '--ssh-common-args', `-F ${config}`],
			rounds: 1,
			// The simulated shell has no sftp; pipelining is also what people use for speed.
			env: {ANSIBLE_PIPELINING: 'True', ANSIBLE_HOST_KEY_CHECKING: 'True'},
			answered: count(/\| CHANGED/g),
		},
	];
}

function formatRows(size: number, rows: readonly {title: string; seconds: number; answered: number}[]): string {
	const bare = rows[0]?.seconds ?? Number.NaN;
	const lines = rows.map(
		({title, seconds, answered}) =>
			`| ${title} | ${answered} | ${seconds.toFixed(2)} s | ${(seconds / bare).toFixed(2)} |`,
	);
	return `### First complete picture, ${size} hosts

| what | hosts that answered | wall clock, median | against bare ssh2 |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}
