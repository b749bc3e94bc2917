/** Many hosts behind one jump host: what the detour costs, what its loss looks like, and how all come back. */
import {readFile} from 'node:fs/promises';
import {setTimeout as elapse} from 'node:timers/promises';
import {median} from './processes.ts';
import {startBastion, type Bastion, type BastionCount} from './start-bastion.ts';
import {startFleet} from './start-fleet.ts';
import {isBroken, isPictured, watchHosts} from './watch-hosts.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** How long the bastion is away. */
const outageMs = 10_000;

type Outage = {
	readonly noticedMs: number;
	readonly reasons: readonly string[];
	readonly seenAsOwnNetwork: boolean;
	readonly readyToBackMs: number;
	readonly medianBackMs: number;
	readonly count: BastionCount;
};

export async function benchBastion(size: number): Promise<string> {
	const fleet = await startFleet(size);
	const names = (await readFile(fleet.hostsFile, 'utf8')).trim().split('\n');
	const bastion = await startBastion(fleet);
	try {
		const direct: number[] = [];
		const behind: number[] = [];
		const counts: BastionCount[] = [];
		// The first of each pays for what is loaded and compiled once, and is not counted.
		for (let round = 0; round <= rounds; round++) {
			const times = [await comeUp(names, fleet.sshConfigFile), await comeUp(names, bastion.sshConfigFile)] as const;
			const count = bastion.takeCount();
			if (round === 0) continue;
			direct.push(times[0]);
			behind.push(times[1]);
			counts.push(count);
		}
		return formatResult(size, direct, behind, counts, await outage(names, bastion));
	} finally {
		await bastion.kill();
		await fleet.close();
	}
}

async function comeUp(names: readonly string[], sshConfigFile: string): Promise<number> {
	const since = performance.now();
	const hosts = watchHosts(names, sshConfigFile);
	const took = await hosts.until(names, isPictured, since);
	await hosts.close();
	return took;
}

/** The bastion is killed, not asked to go, and started again on the same port. */
async function outage(names: readonly string[], bastion: Bastion): Promise<Outage> {
	const hosts = watchHosts(names, bastion.sshConfigFile);
	await hosts.until(names, isPictured, 0);
	const killedAt = performance.now();
	await bastion.kill();
	const noticedMs = await hosts.until(names, isBroken, killedAt);
	const broken = [...hosts.state.hosts.values()].flatMap(({ladder}) => (ladder.broken === null ? [] : [ladder.broken]));
	const reasons = [...new Set(broken.map(({rung, summary}) => `${rung}: ${summary}`))];
	const seenAsOwnNetwork = (hosts.state.ownNetworkLoss ?? null) !== null;
	await elapse(outageMs);
	bastion.takeCount();
	await bastion.start();
	const backAt = performance.now();
	const each = names.map((name) => hosts.until([name], isPictured, backAt));
	const readyToBackMs = await hosts.until(names, isPictured, backAt);
	const medianBackMs = median(await Promise.all(each));
	const count = bastion.takeCount();
	await hosts.close();
	return {noticedMs, reasons, seenAsOwnNetwork, readyToBackMs, medianBackMs, count};
}

function formatResult(
	size: number,
	direct: readonly number[],
	behind: readonly number[],
	counts: readonly BastionCount[],
	{noticedMs, reasons, seenAsOwnNetwork, readyToBackMs, medianBackMs, count}: Outage,
): string {
	const [one, other] = [median(direct), median(behind)];
	const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
	const perRound = [...new Set(counts.map(({connection, forward}) => `${connection} (${forward} forwards)`))].join(
		', ',
	);
	return `### ${size} hosts behind one bastion

| what | until every reading of every host is there, median of ${direct.length} | all rounds | connections at the bastion |
| --- | --- | --- | --- |
| direct | ${seconds(one)} | ${direct.map(seconds).join(', ')} | 0 |
| behind the bastion | ${seconds(other)} | ${behind.map(seconds).join(', ')} | ${perRound} |

Ratio ${(other / one).toFixed(2)}.

The bastion killed (SIGKILL), and started again on its port ${outageMs / 1000} s later: all ${size} hosts were broken after ${seconds(noticedMs)},
with ${reasons.length} reason${reasons.length === 1 ? '' : 's'} among them (${reasons.join('; ')}); taken for a loss of this machine's own network: ${seenAsOwnNetwork ? 'yes' : 'no'}.
From the moment it listened again, half of the hosts were complete after ${seconds(medianBackMs)} and all after ${seconds(readyToBackMs)};
by then the bastion had counted ${count.connection} connections, ${count.login} logins and ${count.forward} forwards.
`;
}
