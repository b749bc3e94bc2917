/** Hosts that are well among as many that never answer: what the others cost them. */
import {readFile} from 'node:fs/promises';
import {median} from './processes.ts';
import {startBlackHoles, type BlackHoles, type HoleKind} from './start-black-holes.ts';
import {startFleet} from './start-fleet.ts';
import {isBroken, isPictured, watchHosts} from './watch-hosts.ts';

type Try = {
	readonly kind: HoleKind;
	/** What `ssh -G` said is known from an earlier run. */
	readonly remembers: boolean;
	readonly unanswered: number;
	readonly alone: readonly number[];
	readonly among: readonly number[];
	readonly told: string;
};

const titles: Readonly<Record<HoleKind, string>> = {
	unanswered: 'drop packets: the queue of a listening socket is full',
	silent: 'connect and never say a word',
};

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

export async function benchBlackHoles(size: number): Promise<string> {
	const half = Math.ceil(size / 2);
	const fleet = await startFleet(half);
	const names = (await readFile(fleet.hostsFile, 'utf8')).trim().split('\n');
	const tries: Try[] = [];
	try {
		for (const kind of ['unanswered', 'silent'] as const) {
			const holes = await startBlackHoles(fleet, half, kind);
			try {
				for (const remembers of [false, true]) tries.push(await compare(names, kind, holes, remembers));
			} finally {
				await holes.close();
			}
		}
		return formatResult(half, tries);
	} finally {
		await fleet.close();
	}
}

async function compare(names: readonly string[], kind: HoleKind, holes: BlackHoles, remembers: boolean): Promise<Try> {
	const {sshConfigFile} = holes;
	const cache = remembers ? `${sshConfigFile}_cache/sickbay` : undefined;
	const mixed = names.flatMap((name, index) => [holes.names[index] ?? name, name]);
	const alone: number[] = [];
	const among: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		const times = [
			await comeUp(names, names, sshConfigFile, cache),
			await comeUp(names, mixed, sshConfigFile, cache),
		] as const;
		// The first round pays for what is loaded and compiled once, and for what is remembered from then on.
		if (round === 0) continue;
		alone.push(times[0]);
		among.push(times[1]);
	}
	return {kind, remembers, unanswered: holes.unanswered, alone, among, told: await watchHoles(mixed, holes)};
}

/** Milliseconds until the hosts that are well are complete, whatever the others do. */
async function comeUp(
	well: readonly string[],
	all: readonly string[],
	sshConfigFile: string,
	cacheDirectory: string | undefined,
): Promise<number> {
	const since = performance.now();
	const hosts = watchHosts(all, sshConfigFile, () => undefined, cacheDirectory);
	const took = await hosts.until(well, isPictured, since);
	await hosts.close();
	return took;
}

/** Until every black hole has been told, and how each was. */
async function watchHoles(all: readonly string[], {names, sshConfigFile}: BlackHoles): Promise<string> {
	const since = performance.now();
	const hosts = watchHosts(all, sshConfigFile);
	const counts = new Map<string, number>();
	const told = names.map(async (name) => {
		await hosts.until([name], isBroken, since);
		const broken = hosts.state.hosts.get(name)?.ladder.broken;
		const words = `${broken?.rung}: ${broken?.summary.replace(/port \d+/, 'port N')}`;
		counts.set(words, (counts.get(words) ?? 0) + 1);
	});
	await Promise.all(told);
	const took = performance.now() - since;
	await hosts.close();
	const reasons = [...counts].map(([words, count]) => `${count} × "${words}"`);
	return `all were told after ${(took / 1000).toFixed(1)} s: ${reasons.join(', ')}.`;
}

function formatResult(half: number, tries: readonly Try[]): string {
	const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
	const rows = tries.map(({kind, remembers, alone, among}) => {
		const ratio = (median(among) / median(alone)).toFixed(2);
		const all = `${alone.map(seconds).join(', ')} / ${among.map(seconds).join(', ')}`;
		const run = remembers ? 'a later one' : 'the first';
		return `| ${titles[kind]} | ${run} | ${seconds(median(alone))} | ${seconds(median(among))} | ${ratio} | ${all} |`;
	});
	const notes = tries
		.filter(({remembers}) => !remembers)
		.map(
			({kind, unanswered, told}) =>
				`- ${titles[kind]} (${unanswered} of ${half} gave no answer to a TCP connection when tried): ${told}`,
		);
	return `### ${half * 2} hosts, every other one a black hole: until the ${half} that are well are complete

| the black holes | the run | alone, median of ${rounds} | among them | ratio | all rounds |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

${notes.join('\n')}
`;
}
