/** How long a person waits for `--version` and `--help`, against Node doing nothing. */
import {median, timeProgram} from './processes.ts';

const rounds = 15;

async function medianSeconds(args: readonly string[]): Promise<number> {
	const seconds: number[] = [];
	for (let round = 0; round < rounds; round++) seconds.push((await timeProgram(process.execPath, args)).wallSeconds);
	return median(seconds);
}

export async function benchStartUp(): Promise<string> {
	const nothing = await medianSeconds(['-e', '0']);
	const version = await medianSeconds(['dist/cli.js', '--version']);
	const help = await medianSeconds(['dist/cli.js', '--help']);
	return `### Start-up

| what | median | against \`node -e 0\` |
| --- | --- | --- |
| \`node -e 0\` | ${(nothing * 1000).toFixed(0)} ms | 1 |
| \`sickbay --version\` | ${(version * 1000).toFixed(0)} ms | ${(version / nothing).toFixed(2)} |
| \`sickbay --help\` | ${(help * 1000).toFixed(0)} ms | ${(help / nothing).toFixed(2)} |
`;
}
