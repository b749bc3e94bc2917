/** Folds fleet events into state and assesses a host's health anew whenever what is known of it changes. */
import {assessHost} from '../health/assess-host.ts';
import {builtInCatalogue} from '../health/kernel/built-in-catalogue.ts';
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import {overallSeverity} from '../health/overall-severity.ts';
import {unaskedDiskUsage, type HostDiskUsage} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import {unclimbed} from '../model/ladder.ts';
import {pending} from '../model/reading.ts';
import type {HostReadings} from '../model/readings.ts';
import {appendBounded} from '../support/ring-buffer.ts';
import type {FleetEvent} from './fleet-event.ts';
import {createBootsFold, type FoldBoots} from './fold-boots.ts';
import {foldOwnNetworkLoss} from './fold-own-network-loss.ts';
import {createKernelAnalyses, type KernelAnalyses} from './kernel-analyses.ts';
import {kernelRecordLimit, type FleetState, type HostState} from './fleet-state.ts';
import type {Fold} from './store.ts';

export const emptyFleet: FleetState = {hosts: new Map()};

/**
 * The fold of one fleet: it changes the draft in place, because a copy per event is too much with hundreds of hosts, and
 * answers false when nothing changed. It remembers each host's kernel log besides.
 */
export function createFleetFold(catalogue: CompiledCatalogue = builtInCatalogue()): Fold {
	const memory = {analyses: createKernelAnalyses(catalogue), foldBoots: createBootsFold(catalogue)};
	return (draft, event) => {
		if (!foldEvent(draft.hosts, event, memory)) return false;
		foldOwnNetworkLoss(draft, event, assess);
		return true;
	};
}

/** What is known of the hosts beside their pictures. */
type FoldMemory = {readonly analyses: KernelAnalyses; readonly foldBoots: FoldBoots};

function foldEvent(hosts: Map<HostKey, HostState>, event: FleetEvent, memory: FoldMemory): boolean {
	if (event.kind === 'host-added') {
		hosts.set(event.hostKey, newHost(event.host, event.at));
		return true;
	}
	const known = hosts.get(event.hostKey);
	if (known === undefined) return false;
	if (event.kind === 'host-merged') {
		mergeHost(hosts, event.hostKey, event.into);
		memory.analyses.restart(event.hostKey);
		return true;
	}
	const next = reduceHost(known, event, memory);
	hosts.set(event.hostKey, next);
	return next !== known;
}

type SingleHostEvent = Exclude<FleetEvent, {kind: 'host-added' | 'host-merged'}>;

function reduceHost(host: HostState, event: SingleHostEvent, {analyses, foldBoots}: FoldMemory): HostState {
	switch (event.kind) {
		case 'attempt-started':
			return host.attempted ? host : assess({...host, attempted: true}, event.at);
		case 'ladder-changed':
			return assess({...host, ladder: event.ladder}, event.at);
		case 'connected':
			return {...host, transport: event.transport, address: event.address, lastHeardAt: event.at};
		case 'heard':
			return {...host, lastHeardAt: event.at};
		case 'reading':
			return assess(foldBoots(host, withReading(host, event), event.at), event.at);
		case 'disk-usage':
			return assess(withDiskUsage(host, event), event.at);
		case 'kernel-records': {
			const incidents = analyses.add(event.hostKey, host, event.records);
			const lost = event.records.reduce((sum, {lostBefore = 0}) => sum + lostBefore, 0);
			const next = {
				...host,
				...(lost === 0 ? {} : {kernelLinesLost: (host.kernelLinesLost ?? 0) + lost}),
				lastHeardAt: event.at,
				incidents,
				kernelRecords: appendBounded(host.kernelRecords, event.records, kernelRecordLimit),
			};
			return incidents === host.incidents && lost === 0 ? next : assess(foldBoots(host, next, event.at), event.at);
		}
		case 'kernel-log-restarted':
			analyses.restart(event.hostKey);
			return assess({...host, kernelRecords: [], incidents: [], kernelLinesLost: 0}, event.at);
		case 'clock-ticked':
			return assess(host, event.at);
	}
}

function withReading(host: HostState, event: SingleHostEvent & {kind: 'reading'}): HostState {
	const readings: HostReadings = {...host.readings, [event.name]: event.reading};
	return {...host, readings, lastHeardAt: event.reading.kind === 'ok' ? event.at : host.lastHeardAt};
}

function withDiskUsage(host: HostState, event: SingleHostEvent & {kind: 'disk-usage'}): HostState {
	const diskUsage: HostDiskUsage = {...host.diskUsage, [event.part]: event.reading};
	return {...host, diskUsage, lastHeardAt: event.reading.kind === 'ok' ? event.at : host.lastHeardAt};
}

/** Judges the host with what is known now; the same object when the judgement stands and nothing else changed. */
function assess(host: HostState, now: number): HostState {
	const findings = assessHost({...host, now});
	const severity = overallSeverity(findings);
	const unchanged = severity === host.severity && findings[0]?.id === host.findings[0]?.id;
	return {...host, findings, severity, severitySince: unchanged ? host.severitySince : now};
}

function newHost(host: Host, at: number): HostState {
	return {
		host,
		ladder: unclimbed,
		address: null,
		transport: null,
		attempted: false,
		lastHeardAt: null,
		readings: {
			identity: pending,
			vitals: pending,
			filesystems: pending,
			engine: pending,
			containers: pending,
			images: pending,
			kernelLog: pending,
			kernelCounters: pending,
			boots: pending,
		},
		diskUsage: unaskedDiskUsage,
		kernelRecords: [],
		incidents: [],
		bootHistory: null,
		rebootSeen: null,
		findings: [],
		severity: 'unknown',
		severitySince: at,
	};
}

/** The leaving row may itself have taken others in: all it has goes with it. */
function mergeHost(hosts: Map<HostKey, HostState>, from: HostKey, into: HostKey): void {
	const survivor = hosts.get(into);
	const leaving = hosts.get(from);
	hosts.delete(from);
	if (survivor !== undefined && leaving !== undefined) {
		hosts.set(into, {
			...survivor,
			host: {
				...survivor.host,
				sources: [...survivor.host.sources, ...leaving.host.sources],
				labels: {...leaving.host.labels, ...survivor.host.labels},
				groups: [...new Set([...survivor.host.groups, ...leaving.host.groups])],
			},
		});
	}
}
