/**
 * An hour with a fleet whose hosts come and go: whether anything of that stays. Writes a sample every half minute into a
 * file as it goes, so that a run that was ended early still tells.
 */
import {spawn} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import {appendFile, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as elapse} from 'node:timers/promises';
import {queryObjects, setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import ssh2 from 'ssh2';
import {selectFleetCounts} from '../../source/fleet/select-fleet-counts.ts';
import {selectHostRow} from '../../source/fleet/select-host-row.ts';
import {createFleetFold, emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {createFleetStore, type FleetStore} from '../../source/fleet/store.ts';
import {createReachHost} from '../../source/session/reach-host.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';
import {formatFlappingHour, type FlappingSample} from './format-flapping-hour.ts';
import {readUsage} from './processes.ts';
import {declareHost} from './watch-hosts.ts';

const durationMs = Number(process.env['BENCH_FLAPPING_MINUTES'] ?? 60) * 60_000;
const samplesFile = process.env['BENCH_FLAPPING_FILE'] ?? path.join(tmpdir(), 'flapping.jsonl');
const sampleEveryMs = 30_000;
/** Lists on the screen need not be newer than this here; drawing itself takes no part. */
const coalesceMs = 1000;

export async function benchFlappingHour(size: number): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-flapping-'));
	const servers = spawn(process.execPath, ['test/bench/flapping-process.ts', String(size), directory], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const breaks: Record<string, number> = {};
	const ready = Promise.withResolvers<void>();
	servers.stdout.on('data', (chunk: Buffer) => {
		for (const line of String(chunk).split('\n').filter(Boolean)) {
			if (line === 'ready') ready.resolve();
			else breaks[line] = (breaks[line] ?? 0) + 1;
		}
	});
	await ready.promise;
	const warnings: string[] = [];
	const onWarning = ({name, message}: Error): void => {
		if (!message.includes('queryObjects')) warnings.push(`${name}: ${message}`);
	};
	process.on('warning', onWarning);
	const names = (await readFile(path.join(directory, 'hosts'), 'utf8')).trim().split('\n');
	const watched = watch(names, path.join(directory, 'ssh_config'));
	try {
		const startedAt = performance.now();
		const samples: FlappingSample[] = [];
		await writeFile(samplesFile, '');
		while (performance.now() - startedAt < durationMs) {
			await elapse(sampleEveryMs);
			const seconds = (performance.now() - startedAt) / 1000;
			const sample = {...takeSample(seconds, watched), serverCpuSeconds: readUsage(servers.pid ?? 0).cpuSeconds};
			samples.push(sample);
			await appendFile(samplesFile, `${JSON.stringify({...sample, warnings: warnings.length, breaks})}\n`);
		}
		await watched.close();
		await elapse(sampleEveryMs);
		samples.push({...takeSample((performance.now() - startedAt) / 1000, watched), serverCpuSeconds: 0});
		return formatFlappingHour(size, samples, breaks, warnings);
	} finally {
		process.off('warning', onWarning);
		servers.stdin.end();
		await once(servers, 'close');
		await rm(directory, {recursive: true, force: true});
	}
}

type Watched = {
	readonly store: FleetStore;
	readonly count: {lost: number; recovered: number};
	close(): Promise<void>;
};

/** Sessions, supervisor and store as the board has them, with a listener that selects what the board draws. */
function watch(names: readonly string[], sshConfigFile: string): Watched {
	const count = {lost: 0, recovered: 0};
	const broken = new Set<string>();
	const store = createFleetStore(emptyFleet, createFleetFold(), systemClock, coalesceMs);
	store.subscribe(() => {
		const state = store.getState();
		selectFleetCounts(state);
		for (const host of state.hosts.values()) selectHostRow(host);
	});
	const connector = createSshConnector({configFile: sshConfigFile, clock: systemClock, env: process.env});
	const supervisor = superviseFleet({
		hosts: names.map(declareHost),
		reach: createReachHost(connector),
		clock: systemClock,
		dispatch(event) {
			store.dispatch(event);
			if (event.kind !== 'ladder-changed') return;
			if (event.ladder.broken === null) {
				if (broken.delete(event.hostKey)) count.recovered++;
			} else if (!broken.has(event.hostKey)) {
				broken.add(event.hostKey);
				count.lost++;
			}
		},
	});
	return {
		store,
		count,
		async close() {
			await supervisor.close();
			store.close();
		},
	};
}

function takeSample(seconds: number, {store, count}: Watched): Omit<FlappingSample, 'serverCpuSeconds'> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	for (let round = 0; round < 2; round++) collect();
	const {heapUsed, external, rss} = process.memoryUsage();
	const handles: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
	const {user, system} = process.cpuUsage();
	let kernelRecords = 0;
	let brokenHosts = 0;
	for (const host of store.getState().hosts.values()) {
		kernelRecords += host.kernelRecords.length;
		if (host.ladder.broken !== null) brokenHosts++;
	}
	return {
		seconds,
		heapBytes: heapUsed,
		externalBytes: external,
		residentBytes: rss,
		handles,
		processListeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
		alive: {
			emitters: queryObjects(EventEmitter, {format: 'count'}),
			abortSignals: queryObjects(AbortSignal, {format: 'count'}),
			promises: queryObjects(Promise, {format: 'count'}),
			sockets: queryObjects(Socket, {format: 'count'}),
			clients: queryObjects(ssh2.Client, {format: 'count'}),
		},
		...count,
		brokenHosts,
		kernelRecords,
		cpuSeconds: (user + system) / 1e6,
	};
}
