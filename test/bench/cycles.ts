/** Hosts that connect and are lost, thousands of times: whether anything of that stays in memory. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as elapse} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {startFleet} from './start-fleet.ts';
import {isBroken, watchHosts, type WatchedHosts} from './watch-hosts.ts';

const hostCount = 16;
const aim = Number(process.env['BENCH_CYCLES'] ?? 10_000);
const limitMs = Number(process.env['BENCH_CYCLES_SECONDS'] ?? 240) * 1000;

type Footprint = {
	readonly cycles: number;
	readonly heapBytes: number;
	readonly residentBytes: number;
	/** What keeps the event loop alive, by kind. */
	readonly handles: Readonly<Record<string, number>>;
	readonly processListeners: number;
};

export async function benchCycles(): Promise<string> {
	const fleet = await startFleet(hostCount);
	const names = (await readFile(fleet.hostsFile, 'utf8')).trim().split('\n');
	const dropper = spawn(process.execPath, ['test/bench/dropping-process.ts', fleet.directory], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	let accepted = 0;
	const ready = Promise.withResolvers<void>();
	dropper.stdout.on('data', (chunk: Buffer) => {
		const text = String(chunk);
		accepted += text.split('connection\n').length - 1;
		if (text.includes('ready')) ready.resolve();
	});
	await ready.promise;
	const warnings: string[] = [];
	const onWarning = ({name, message}: Error): void => void warnings.push(`${name}: ${message}`);
	process.on('warning', onWarning);
	try {
		const {prints, seconds} = await run(names, path.join(fleet.directory, 'ssh_config_dropping'));
		return formatResult(prints, seconds, accepted, warnings);
	} finally {
		process.off('warning', onWarning);
		dropper.stdin.end();
		await once(dropper, 'close');
		await fleet.close();
	}
}

type Run = {readonly prints: readonly Footprint[]; readonly seconds: number};

/** A lost host is sent to try again at once: its backoff would make this last for days. */
async function run(names: readonly string[], sshConfigFile: string): Promise<Run> {
	let cycles = 0;
	let isResting = false;
	let again = (_name: string): void => undefined;
	let target = 0;
	let reached = (): void => undefined;
	const open = new Set<string>();
	const hosts = watchHosts(names, sshConfigFile, (event) => {
		if (event.kind === 'connected') open.add(event.hostKey);
		if (event.kind !== 'ladder-changed' || event.ladder.broken?.retryAt == null) return;
		if (open.delete(event.hostKey)) cycles++;
		if (cycles >= target) reached();
		if (!isResting) setImmediate(() => again(event.hostKey));
	});
	again = (name) => {
		const host = hosts.state.hosts.get(name);
		if (!isResting && host !== undefined && isBroken(host)) hosts.supervisor.refresh([name]);
	};
	const startedAt = performance.now();
	const goOn = async (until: number): Promise<Footprint> => {
		target = until;
		isResting = false;
		const done = new Promise<void>((resolve) => {
			reached = resolve;
		});
		for (const name of names) again(name);
		const left = Math.max(0, limitMs - (performance.now() - startedAt));
		const late = new AbortController();
		await Promise.race([done, elapse(left, undefined, {signal: late.signal}).catch(() => undefined)]);
		late.abort();
		isResting = true;
		return takeFootprint(cycles, names, hosts);
	};
	const prints: Footprint[] = [];
	const warmUp = Math.min(500, aim / 10);
	for (const part of [0, 0.25, 0.5, 0.75, 1]) {
		prints.push(await goOn(warmUp + part * (aim - warmUp)));
		if (performance.now() - startedAt > limitMs) break;
	}
	const seconds = (performance.now() - startedAt) / 1000;
	await hosts.close();
	prints.push(await measure(cycles));
	return {prints, seconds};
}

/** Taken while every host is lost and rests, so that the same things are alive each time. */
async function takeFootprint(cycles: number, names: readonly string[], hosts: WatchedHosts): Promise<Footprint> {
	await hosts.until(names, isBroken, 0);
	return measure(cycles);
}

async function measure(cycles: number): Promise<Footprint> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	for (let round = 0; round < 3; round++) {
		await elapse(500);
		collect();
	}
	const {heapUsed, rss} = process.memoryUsage();
	const handles: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
	const processListeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
	return {cycles, heapBytes: heapUsed, residentBytes: rss, handles, processListeners};
}

function formatResult(
	prints: readonly Footprint[],
	seconds: number,
	accepted: number,
	warnings: readonly string[],
): string {
	const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
	const rows = prints.map(({cycles, heapBytes, residentBytes, handles, processListeners}, index) => {
		const kinds = Object.entries(handles).map(([kind, count]) => `${count} ${kind}`);
		const when = index === prints.length - 1 ? `${cycles}, all sessions closed` : String(cycles);
		return `| ${when} | ${megabytes(heapBytes)} | ${megabytes(residentBytes)} | ${kinds.join(', ')} | ${processListeners} |`;
	});
	const done = prints.at(-1)?.cycles ?? 0;
	return `### ${done} connect/lose cycles, ${hostCount} hosts, in ${seconds.toFixed(0)} s

${accepted} connections counted at the servers; warnings of the runtime (too many listeners, for one): ${warnings.length === 0 ? 'none' : warnings.join('; ')}.

| cycles so far | heap after a collection | resident memory | handles | listeners of \`process\` |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
