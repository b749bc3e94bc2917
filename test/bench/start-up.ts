/** How long a person waits for `--version` and `--help`, against Node doing nothing. */
import {median, timeProgram} from './processes.ts';

const rounds = 15;

const programs = {
	nothing: ['-e', '0'],
	version: ['dist/cli.js', '--version'],
	help: ['dist/cli.js', '--help'],
} as const;

type Name = keyof typeof programs;

/** The programs take turns, so that what else the machine does falls on all of them alike. */
export async function benchStartUp(): Promise<string> {
	const seconds: Record<Name, number[]> = {nothing: [], version: [], help: []};
	for (let round = 0; round < rounds; round++) {
		for (const name of Object.keys(programs) as Name[])
			seconds[name].push((await timeProgram(process.execPath, programs[name])).wallSeconds);
	}
	const nothing = median(seconds.nothing);
	const version = median(seconds.version);
	const help = median(seconds.help);
	return `### Start-up

| what | median | against \`node -e 0\` |
| --- | --- | --- |
| \`node -e 0\` | ${(nothing * 1000).toFixed(0)} ms | 1 |
| \`sickbay --version\` | ${(version * 1000).toFixed(0)} ms | ${(version / nothing).toFixed(2)} |
| \`sickbay --help\` | ${(help * 1000).toFixed(0)} ms | ${(help / nothing).toFixed(2)} |
`;
}
