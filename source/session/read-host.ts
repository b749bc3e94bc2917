/**
 * Reads one connected host: opens the probe, then runs vitals, file systems, kernel log and engine side by side until
 * the connection ends. A part that fails becomes a failed reading; it never ends the others.
 */
import {parseHello, type HostFacts} from '../collectors/hello.ts';
import {openProbe, type Probe} from '../collectors/probe.ts';
import type {Host} from '../model/host.ts';
import {LadderError} from '../model/ladder-error.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {Transport} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {lostConnection, lostTransport} from './lost-connection.ts';
import {readEngine} from './read-engine.ts';
import {readEngineOnly} from './read-engine-only.ts';
import {operateHost, type OperatedHost} from './operate-host.ts';
import type {ReadHostOptions} from './read-host-options.ts';
import {readKernelLog} from './read-kernel-log.ts';
import {watchBoots} from './watch-boots.ts';
import {watchCounters} from './watch-counters.ts';
import {watchFilesystems, type Watch} from './watch-filesystems.ts';
import {watchVitals} from './watch-vitals.ts';

export type HostReader = {
	refresh(): void;
	/** What may be done with the host; null until it is known what its account may do. */
	operated(): OperatedHost | null;
	/** Why the reading ended; rejects with `LadderError` when the host gave no usable shell. */
	readonly ended: Promise<LadderError>;
};

export function readHost(options: ReadHostOptions): HostReader {
	const parts: Parts = {watches: [], operated: null};
	return {
		refresh() {
			for (const watch of parts.watches) watch.refresh();
		},
		operated: () => parts.operated,
		ended: readUntilClosed(options, parts),
	};
}

type Parts = {readonly watches: Watch[]; operated: OperatedHost | null};

async function readUntilClosed(options: ReadHostOptions, parts: Parts): Promise<LadderError> {
	const {watches} = parts;
	const {host, transport, climb, clock, signal, emit} = options;
	const probe = await openProbe(transport, {sudo: host.sudo, signal, clock}).catch((error: unknown) => {
		if (error instanceof LadderError && error.code === 'no-shell') return error;
		throw error;
	});
	if (probe instanceof LadderError) {
		const engineOnly = readEngineOnly(options, probe);
		watches.push(engineOnly);
		parts.operated = operateHost(options, {identity: null, engine: engineOnly.operator, engineRoot: () => null});
		return engineOnly.ended;
	}
	const facts = await readFacts(host, probe);
	climb.reach('shell', clock.now(), facts.user === null ? null : `sh as ${facts.user}`);
	emit({kind: 'reading', name: 'identity', reading: {kind: 'ok', value: facts.identity, at: clock.now()}});

	const vitals = watchVitals({...options, probe, cpuCount: facts.cpuCount, onAnswer: () => engine.hostAnswered()});
	const filesystems = watchFilesystems(options);
	let engineRoot: string | null = null;
	const engine = readEngine(options, facts, {
		askHost: vitals.refresh,
		onInfo({rootDir}) {
			if (rootDir.startsWith('/')) engineRoot = rootDir;
			filesystems.setEngineRoot(rootDir);
		},
	});
	const {identity} = facts;
	parts.operated = operateHost(options, {identity, engine: engine.operator, engineRoot: () => engineRoot});
	const counters = watchCounters({...options, probe});
	const boots = watchBoots({...options, sudo: facts.sudo, userId: identity.userId});
	watches.push(vitals, filesystems, engine, counters, boots);
	readKernelLog({...options, sudo: host.sudo, identity: facts.identity});

	return await firstEnd(transport, probe, clock);
}

/** Rejects with `LadderError`: a host that does not say the least about itself is that host's trouble, not a bug. */
async function readFacts(host: Host, probe: Probe): Promise<HostFacts> {
	try {
		return parseHello(await probe.ask('hello', [host.sudo]));
	} catch (error) {
		if (!(error instanceof ReadingError)) throw error;
		const advice = 'Sickbay needs a POSIX shell and /proc (or sysctl kern.boottime): log in and look at /proc/uptime.';
		throw new LadderError(
			{rung: 'shell', code: 'unsupported', summary: error.message, advice, retry: 'slowly'},
			{cause: error},
		);
	}
}

/** How much later than the probe's end the news of the connection's end may come. */
const closedNewsMs = 300;

async function firstEnd(transport: Transport, probe: Probe, clock: Clock): Promise<LadderError> {
	const {bastion} = transport;
	const closed = transport.closed.then((end) => lostTransport(end, bastion));
	const ended = probe.ended.then(async () => {
		// The probe ends with its connection; what ended the connection says more.
		const both = await Promise.race([closed, pause(clock, closedNewsMs)]);
		return both ?? lostConnection('the shell on the host ended', bastion);
	});
	return await Promise.race([closed, ended]);
}
