/** Judges containers by what the engine and its events say: unhealthy, restarting in a loop, dead. */
import type {Finding} from '../model/finding.ts';
import type {Container} from '../model/readings.ts';
import {valueOf} from '../model/reading.ts';
import {formatPlural} from '../support/format.ts';
import {shellQuote} from '../support/shell-quote.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';

/** Deaths within this time that make a loop; a deployment kills a container once. */
const loopWindowMs = 10 * 60_000;
const loopDeaths = 3;

/** Findings of one kind that are listed one by one; a host where hundreds fail has one trouble, not hundreds. */
const listedLimit = 20;

export function assessContainers(input: HealthInput): readonly Finding[] {
	const containers = freshValue('containers', input) ?? [];
	const program = valueOf(input.readings.engine)?.product === 'podman' ? 'podman' : 'docker';
	const loops = containers.flatMap((container) => findLoop(container, input.now, program));
	const sick = containers.flatMap((container) => findUnhealthy(container, program));
	const dead = containers.flatMap((container) => findDead(container, program));
	return [loops, sick, dead].flatMap(listSome);
}

function findLoop({name, state, status, recentDeaths}: Container, now: number, program: string): readonly Finding[] {
	const deaths = recentDeaths.filter((at) => now - at <= loopWindowMs);
	if (state !== 'restarting' && deaths.length < loopDeaths) return [];
	const seen = deaths.length === 0 ? [] : [`died ${formatPlural(deaths.length, 'time')} in the last 10 minutes`];
	return [
		{
			...base,
			id: 'container-restarting',
			subject: name,
			summary: `container ${name} restarts in a loop`,
			evidence: [status, ...seen],
			since: deaths[0] ?? null,
			count: Math.max(1, deaths.length),
			meaning:
				'Its process ends soon after each start and the engine starts it again: the service is down most of the time.',
			advice: `Read why it ends: \`${program} logs --tail 50 ${shellQuote(name)}\`, exit code in \`${program} inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' ${shellQuote(name)}\`.`,
		},
	];
}

function findUnhealthy({name, health, status, image, state}: Container, program: string): readonly Finding[] {
	if (health !== 'unhealthy' || state !== 'running') return [];
	return [
		{
			...base,
			id: 'container-unhealthy',
			subject: name,
			summary: `container ${name} is unhealthy`,
			evidence: [`${status} (${image})`],
			since: null,
			count: 1,
			meaning: 'The container runs, but its own health check fails: what it serves probably does not work.',
			advice: `See what the check said: \`${program} inspect --format '{{json .State.Health}}' ${shellQuote(name)}\`, then \`${program} logs --tail 50 ${shellQuote(name)}\`.`,
		},
	];
}

function findDead({name, state, status}: Container, program: string): readonly Finding[] {
	if (state !== 'dead') return [];
	return [
		{
			...base,
			id: 'container-dead',
			subject: name,
			summary: `container ${name} is dead`,
			evidence: [status],
			since: null,
			count: 1,
			meaning: 'The engine tried to remove it and could not, mostly because something still holds its file system.',
			advice: `Try again: \`${program} rm ${shellQuote(name)}\`; if it is busy, \`grep -l CONTAINER_ID /proc/*/mountinfo\` names the process that holds it.`,
		},
	];
}

/** The first ones by name; the rest as one finding that says how many. */
function listSome(findings: readonly Finding[]): readonly Finding[] {
	const first = findings[0];
	if (first === undefined || findings.length <= listedLimit) return findings;
	const sorted = [...findings].sort((a, b) => (a.subject < b.subject ? -1 : 1));
	const rest = sorted.slice(listedLimit);
	const more: Finding = {
		...first,
		subject: '',
		summary: `${formatPlural(rest.length, 'more container')} ${rest.length === 1 ? 'is' : 'are'} the same: ${first.id.replace('container-', '')}`,
		evidence: rest.slice(0, 10).map(({subject}) => subject),
		since: null,
		count: rest.length,
		advice:
			'So many at once have a common cause: look at the host’s disk, memory and network, and at what was deployed last.',
	};
	return [...sorted.slice(0, listedLimit), more];
}

const base = {severity: 'warning', category: 'container'} as const;
