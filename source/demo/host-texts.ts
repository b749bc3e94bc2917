/** What a demo host's shell prints: `/proc`, `uname`, `id` and the like, as raw text, generated from its plan. */
import type {DemoHost} from './demo-host.ts';
import {blocksText, inodesText, mountsText} from './filesystem-texts.ts';
import {wander} from './random.ts';

/** Raw text of a section of the probe's answers (see `model/probe-protocol.ts`); `args` are the request's arguments. */
export function sectionText(host: DemoHost, section: string, args: readonly string[]): string {
	return sections[section]?.(host, args) ?? '';
}

export const accountName = 'ops';
export const engineSocket = '/var/run/docker.sock';

export function unameText({plan}: DemoHost): string {
	return `Linux ${plan.name} ${plan.distribution.kernelRelease} ${plan.distribution.kernelBuild} x86_64 GNU/Linux\n`;
}

const sections: Readonly<Record<string, (host: DemoHost, args: readonly string[]) => string>> = {
	uid: () => '1000\n',
	user: () => `${accountName}\n`,
	uname: ({plan}) => `Linux\n${plan.distribution.kernelRelease}\nx86_64\n`,
	hostname: ({plan}) => `${plan.name}\n`,
	'boot-id': ({bootId}) => `${bootId}\n`,
	uptime: uptimeText,
	clock: ({clock}) => `${Math.floor(clock.now() / 1000)}\n`,
	'os-release': osReleaseText,
	cpus: ({plan}) => `${plan.cpuCount}\n`,
	'docker-host': () => '\n',
	'engine-sockets': () => `${engineSocket}\trw\n`,
	'engine-programs': () => '/usr/bin/docker\n',
	sudo: ({plan}, [policy]) => (policy === 'never' ? 'skipped\n' : plan.kernelLogMethod === null ? 'no\n' : 'yes\n'),
	loadavg: loadText,
	meminfo: memoryText,
	'pressure-cpu': (host) => pressureText(host, 'cpu', host.plan.busyRatio * 8),
	'pressure-memory': (host) => pressureText(host, 'memory', 0.1),
	'pressure-io': (host) => pressureText(host, 'io', host.plan.busyRatio * 3),
	taint: ({plan}) => `${plan.storage.driver === 'aufs' ? 1024 : 0}\n`,
	'oops-count': (host) => (hasCounts(host) ? '0\n' : ''),
	'warn-count': (host) => (hasCounts(host) ? '0\n' : ''),
	'oom-kill': ({plan}) => (plan.distribution.kernelRelease.startsWith('3.') ? '' : 'oom_kill 0\n'),
	conntrack: ({plan}) => `${plan.containerCount * 31}\n262144\n`,
	mounts: mountsText,
	df: blocksText,
	'df-inodes': inodesText,
};

/** `oops_count` and `warn_count` came with 6.2. */
function hasCounts({plan}: DemoHost): boolean {
	const [major = 0, minor = 0] = plan.distribution.kernelRelease.split('.').map(Number);
	return major > 6 || (major === 6 && minor >= 2);
}

function uptimeText({plan, bootedAt, clock}: DemoHost): string {
	const seconds = (clock.now() - bootedAt) / 1000;
	return `${seconds.toFixed(2)} ${(seconds * plan.cpuCount * (1 - plan.busyRatio)).toFixed(2)}\n`;
}

function osReleaseText({plan}: DemoHost): string {
	const {id, name, versionId, prettyName} = plan.distribution;
	return `PRETTY_NAME="${prettyName}"\nNAME="${name}"\nVERSION_ID="${versionId}"\nID=${id}\n`;
}

function loadText({plan, clock}: DemoHost): string {
	const loads = [60_000, 300_000, 900_000].map((periodMs) => {
		const swing = wander(`load of ${plan.name}`, clock.now(), periodMs) * 0.4;
		return (plan.cpuCount * plan.busyRatio * (1 + swing)).toFixed(2);
	});
	return `${loads.join(' ')} 1/${180 + plan.containerCount * 9} ${20_000 + (Math.floor(clock.now() / 100) % 10_000)}\n`;
}

function memoryText({plan, clock}: DemoHost): string {
	const totalKib = Math.floor(plan.memoryBytes / 1024);
	const swing = wander(`memory of ${plan.name}`, clock.now(), 120_000) * 0.05;
	const availableKib = Math.floor(totalKib * (0.75 - plan.busyRatio * 0.4 + swing));
	const rows: readonly (readonly [string, number])[] = [
		['MemTotal:', totalKib],
		['MemFree:', Math.floor(availableKib * 0.4)],
		['MemAvailable:', availableKib],
		['Buffers:', Math.floor(totalKib * 0.02)],
		['Cached:', Math.floor(availableKib * 0.5)],
		['SwapTotal:', 2_097_148],
		['SwapFree:', 2_097_148],
	];
	return rows.map(([name, kib]) => `${name.padEnd(16)}${String(kib).padStart(8)} kB\n`).join('');
}

/** Kernels before 4.20 have no pressure files; that of `cpu` has a `full` line since 5.13. */
function pressureText({plan, clock}: DemoHost, resource: string, averagePercent: number): string {
	const [major = 0, minor = 0] = plan.distribution.kernelRelease.split('.').map(Number);
	if (major < 4 || (major === 4 && minor < 20)) return '';
	const swing = wander(`${resource} of ${plan.name}`, clock.now(), 45_000) * 0.5;
	const line = (kind: string, percent: number): string =>
		`${kind} avg10=${percent.toFixed(2)} avg60=${(percent * 0.9).toFixed(2)} avg300=${(percent * 0.8).toFixed(2)} total=${Math.floor(plan.uptimeSeconds * percent * 1e4)}\n`;
	const some = averagePercent * (1 + swing);
	const hasFull = resource !== 'cpu' || major > 5 || (major === 5 && minor >= 13);
	return line('some', some) + (hasFull ? line('full', resource === 'cpu' ? 0 : some / 2) : '');
}
