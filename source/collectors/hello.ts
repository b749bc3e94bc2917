/** Turns the probe's first answer into who the host is and which ways lead to its engine. */
import {ReadingError} from '../model/reading-error.ts';
import type {HostIdentity} from '../model/readings.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {ProbeAnswer} from './answer-reader.ts';
import {parseOsRelease} from './os-release.ts';

export type HostFacts = {
	readonly identity: HostIdentity;
	readonly user: string | null;
	readonly cpuCount: number | null;
	/** `$DOCKER_HOST` of the account; null when unset. */
	readonly dockerHost: string | null;
	/** Sockets that exist, and whether the account may connect to them. */
	readonly engineSockets: readonly {readonly path: string; readonly usable: boolean}[];
	/** Absolute paths of the engines' command-line programs. */
	readonly enginePrograms: readonly string[];
	readonly sudo: 'yes' | 'no' | 'skipped';
};

/** Throws `ReadingError` `malformed` when the host cannot say how long it has been up. */
export function parseHello(answer: ProbeAnswer): HostFacts {
	const clockSeconds = parseNumber(lineOf(answer, 'clock'));
	return {
		identity: parseIdentity(answer, clockSeconds),
		user: lineOf(answer, 'user'),
		cpuCount: parseNumber(lineOf(answer, 'cpus')),
		dockerHost: lineOf(answer, 'docker-host'),
		engineSockets: parseSockets(answer.get('engine-sockets') ?? ''),
		enginePrograms: linesOf(answer, 'engine-programs').filter((line) => line.startsWith('/')),
		sudo: parseSudo(lineOf(answer, 'sudo')),
	};
}

function parseIdentity(answer: ProbeAnswer, clockSeconds: number | null): HostIdentity {
	const [name = 'unknown', release = 'unknown', machine = 'unknown'] = linesOf(answer, 'uname');
	const osRelease = parseOsRelease(answer.get('os-release') ?? '');
	const uptimeSeconds = parseUptime(lineOf(answer, 'uptime') ?? '', clockSeconds);
	if (uptimeSeconds === null) {
		throw new ReadingError('malformed', `the host (${name} ${release}) does not say how long it has been up`);
	}
	return {
		hostname: lineOf(answer, 'hostname') ?? 'unknown',
		bootId: lineOf(answer, 'boot-id'),
		uptimeSeconds,
		clockAt: clockSeconds === null ? null : clockSeconds * 1000,
		os: {
			id: osRelease.get('ID') ?? name.toLowerCase(),
			prettyName: osRelease.get('PRETTY_NAME') ?? osRelease.get('NAME') ?? `${name} ${release}`,
			versionId: osRelease.get('VERSION_ID') ?? null,
		},
		kernel: {name, release, machine},
		userId: parseNumber(lineOf(answer, 'uid')),
	};
}

/** `/proc/uptime` (proc(5)), or `{ sec = 1700000000, usec = 0 } …` of `sysctl kern.boottime` on BSD and macOS. */
function parseUptime(text: string, clockSeconds: number | null): number | null {
	const bootedAt = /\bsec = (\d+)/.exec(text)?.[1];
	if (bootedAt !== undefined) return clockSeconds === null ? null : Math.max(0, clockSeconds - Number(bootedAt));
	return parseNumber(text.split(' ')[0] ?? null);
}

function parseSockets(text: string): HostFacts['engineSockets'] {
	const sockets = new Map<string, boolean>();
	for (const line of text.split('\n').slice(0, 20)) {
		const [path, mode] = line.split('\t');
		if (path?.startsWith('/')) sockets.set(path, mode?.trim() === 'rw');
	}
	return [...sockets].map(([path, usable]) => ({path, usable}));
}

function parseSudo(word: string | null): HostFacts['sudo'] {
	return word === 'yes' || word === 'skipped' ? word : 'no';
}

function parseNumber(text: string | null): number | null {
	return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function linesOf(answer: ProbeAnswer, section: string): string[] {
	const lines = (answer.get(section) ?? '').split('\n', 20);
	return lines.map((line) => sanitiseLine(line.trim(), 300)).filter((line) => line !== '');
}

function lineOf(answer: ProbeAnswer, section: string): string | null {
	return linesOf(answer, section)[0] ?? null;
}
