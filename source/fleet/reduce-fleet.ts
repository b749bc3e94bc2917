/** Folds fleet events into state and assesses a host's health anew whenever what is known of it changes. */
import {assessHost} from '../health/assess-host.ts';
import {foldKernelRecords} from '../health/kernel/fold-kernel-records.ts';
import {overallSeverity} from '../health/overall-severity.ts';
import {unaskedDiskUsage, type HostDiskUsage} from '../model/disk-usage.ts';
import type {Host, HostKey} from '../model/host.ts';
import {unclimbed} from '../model/ladder.ts';
import {pending} from '../model/reading.ts';
import type {HostReadings} from '../model/readings.ts';
import {appendBounded} from '../support/ring-buffer.ts';
import type {FleetEvent} from './fleet-event.ts';
import {foldOwnNetworkLoss} from './fold-own-network-loss.ts';
import {kernelRecordLimit, type FleetDraft, type FleetState, type HostState} from './fleet-state.ts';

export const emptyFleet: FleetState = {hosts: new Map()};

export function reduceFleet(state: FleetState, event: FleetEvent): FleetState {
	const draft: FleetDraft = {...state, hosts: new Map(state.hosts)};
	return foldFleetEvent(draft, event) ? draft : state;
}

/** As `reduceFleet`, in place, because a copy per event is too much with hundreds of hosts; false when nothing changed. */
export function foldFleetEvent(draft: FleetDraft, event: FleetEvent): boolean {
	if (!foldEvent(draft.hosts, event)) return false;
	foldOwnNetworkLoss(draft, event, assess);
	return true;
}

function foldEvent(hosts: Map<HostKey, HostState>, event: FleetEvent): boolean {
	if (event.kind === 'host-added') {
		hosts.set(event.hostKey, newHost(event.host, event.at));
		return true;
	}
	const known = hosts.get(event.hostKey);
	if (known === undefined) return false;
	if (event.kind === 'host-merged') {
		mergeHost(hosts, event.hostKey, event.into);
		return true;
	}
	const next = reduceHost(known, event);
	hosts.set(event.hostKey, next);
	return next !== known;
}

type SingleHostEvent = Exclude<FleetEvent, {kind: 'host-added' | 'host-merged'}>;

function reduceHost(host: HostState, event: SingleHostEvent): HostState {
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
			return assess(withReading(host, event), event.at);
		case 'disk-usage':
			return withDiskUsage(host, event);
		case 'kernel-records': {
			const incidents = foldKernelRecords(host.incidents, event.records);
			const next = {
				...host,
				lastHeardAt: event.at,
				incidents,
				kernelRecords: appendBounded(host.kernelRecords, event.records, kernelRecordLimit),
			};
			return incidents === host.incidents ? next : assess(next, event.at);
		}
		case 'kernel-log-restarted':
			return {...host, kernelRecords: [], incidents: []};
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
		},
		diskUsage: unaskedDiskUsage,
		kernelRecords: [],
		incidents: [],
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
