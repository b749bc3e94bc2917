/** What is remembered of a fleet, event by event. */
import {describe, expect, test} from 'vitest';
import type {FleetEvent, HostEvent} from '../../source/fleet/fleet-event.ts';
import {kernelRecordLimit, type FleetState, type HostState} from '../../source/fleet/fleet-state.ts';
import {emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import {kernelRecord} from '../health/kernel-lines.ts';
import {brokenRung, healthyReadings, now, sampleHostDeclaration} from '../health/sample-host.ts';
import {createReducer} from './create-reducer.ts';

const added = (name: string): HostEvent => ({
	kind: 'host-added',
	host: sampleHostDeclaration({key: name, name, groups: ['web', name]}),
});

const readings: readonly HostEvent[] = Object.entries(healthyReadings()).map(
	([name, reading]) => ({kind: 'reading', name, reading}) as HostEvent,
);

const climbed: readonly HostEvent[] = [
	{kind: 'attempt-started'},
	{kind: 'connected', transport: 'ssh2', address: 'ops@web-01:22'},
	{kind: 'ladder-changed', ladder: {reached: 'list', broken: null}},
	...readings,
];

function fold(state: FleetState, events: readonly HostEvent[], at = now, hostKey = 'web-01'): FleetState {
	return events.map((event): FleetEvent => ({...event, hostKey, at})).reduce(createReducer(), state);
}

function hostOf(state: FleetState, name = 'web-01'): HostState {
	const host = state.hosts.get(name);
	if (host === undefined) throw new Error(`no host ${name}`);
	return host;
}

const wellFleet = fold(emptyFleet, [added('web-01'), ...climbed]);

describe('a host', () => {
	test('that was never tried is unknown, neither well nor unreachable', () => {
		expect(hostOf(fold(emptyFleet, [added('web-01')]))).toMatchObject({
			severity: 'unknown',
			attempted: false,
			lastHeardAt: null,
			readings: {containers: {kind: 'pending'}},
		});
	});

	test('with all readings good is well', () => {
		expect(hostOf(wellFleet)).toMatchObject({severity: 'ok', findings: [], lastHeardAt: now});
	});

	test('that goes away turns unknown, keeps what was last read of it, and says since when', () => {
		const ladder = {reached: null, broken: brokenRung('tcp', 'lost')};
		const lost = hostOf(fold(wellFleet, [{kind: 'ladder-changed', ladder}], now + 5000));
		expect(lost).toMatchObject({severity: 'unknown', severitySince: now + 5000, lastHeardAt: now});
		expect(lost.findings[0]?.id).toBe('unreachable');
		expect(lost.readings).toEqual(hostOf(wellFleet).readings);
	});

	test('that stays away keeps the time it went, however often it is tried', () => {
		const ladder = {reached: null, broken: brokenRung('tcp', 'lost')};
		const lost = fold(wellFleet, [{kind: 'ladder-changed', ladder}], now + 5000);
		const again: readonly HostEvent[] = [
			{kind: 'attempt-started'},
			{kind: 'ladder-changed', ladder},
			{kind: 'clock-ticked'},
		];
		expect(hostOf(fold(lost, again, now + 90_000)).severitySince).toBe(now + 5000);
	});

	test('that answers with a failure was not heard with a value', () => {
		const reading = {kind: 'failed', reason: {code: 'timeout', message: 'no answer'}, at: now + 9000} as const;
		const host = hostOf(fold(wellFleet, [{kind: 'reading', name: 'vitals', reading}], now + 9000));
		expect(host.lastHeardAt).toBe(now);
		expect(host.readings.vitals).toEqual(reading);
		expect(host.severity).not.toBe('ok');
	});

	test('that says nothing any more on an open connection turns stale by the clock alone', () => {
		const ticked = fold(wellFleet, [{kind: 'clock-ticked'}], now + 31_000);
		expect(hostOf(ticked).findings.map(({id}) => id)).toContain('stale');
		expect(hostOf(fold(ticked, [{kind: 'heard'}, {kind: 'clock-ticked'}], now + 32_000)).findings).toEqual([]);
	});
});

describe('the kernel log of a host', () => {
	const panic = kernelRecord('Kernel panic - not syncing: Fatal exception in interrupt');

	test('turns it critical with the line that tells of a panic', () => {
		const host = hostOf(fold(wellFleet, [{kind: 'kernel-records', records: [panic]}], now + 1000));
		expect(host).toMatchObject({severity: 'critical', severitySince: now + 1000, lastHeardAt: now + 1000});
		expect(host.findings[0]?.evidence.join()).toContain('Kernel panic');
	});

	test('leaves it well when a program forged that line', () => {
		const records = [{...panic, facility: 1}];
		expect(hostOf(fold(wellFleet, [{kind: 'kernel-records', records}])).severity).toBe('ok');
	});

	test('keeps the newest lines only, and the incident whose line is long gone', () => {
		const chatter = Array.from({length: kernelRecordLimit + 500}, (_, index) => kernelRecord(`line ${index}`));
		const host = hostOf(
			fold(wellFleet, [
				{kind: 'kernel-records', records: [panic]},
				{kind: 'kernel-records', records: chatter},
			]),
		);
		expect(host.kernelRecords).toHaveLength(kernelRecordLimit);
		expect(host.kernelRecords.at(-1)?.text).toBe(`line ${kernelRecordLimit + 499}`);
		expect(host.kernelRecords).not.toContain(panic);
		expect(host.severity).toBe('critical');
	});

	test('read anew from its start counts nothing twice, and a new boot forgets the old one', () => {
		const read: readonly HostEvent[] = [{kind: 'kernel-log-restarted'}, {kind: 'kernel-records', records: [panic]}];
		const twice = hostOf(fold(wellFleet, [...read, ...read]));
		expect(twice.incidents.map(({count}) => count)).toEqual([1]);
		expect(twice.kernelRecords).toHaveLength(1);
		const rebooted = fold(wellFleet, [...read, {kind: 'kernel-log-restarted'}, {kind: 'clock-ticked'}]);
		expect(hostOf(rebooted)).toMatchObject({severity: 'ok', incidents: [], kernelRecords: []});
	});
});

describe('a fleet', () => {
	const pair = fold(wellFleet, [added('web-02')], now, 'web-02');

	test('keeps a host as it is, the very same object, whatever happens to another', () => {
		const next = fold(pair, [{kind: 'attempt-started'}], now, 'web-02');
		expect(hostOf(next)).toBe(hostOf(pair));
		expect(hostOf(next, 'web-02')).not.toBe(hostOf(pair, 'web-02'));
	});

	test('hears nothing of hosts it does not have, nor of rows that went into another', () => {
		for (const event of [...climbed, {kind: 'host-merged', into: 'web-01'} as const]) {
			expect(fold(pair, [event], now, 'gone')).toBe(pair);
		}
		const merged = fold(pair, [{kind: 'host-merged', into: 'web-01'}], now, 'web-02');
		expect(fold(merged, climbed, now, 'web-02')).toBe(merged);
	});

	test('with two names for one machine has one row, in the first one’s place, with the groups of both', () => {
		const merged = fold(pair, [{kind: 'host-merged', into: 'web-01'}], now, 'web-02');
		expect([...merged.hosts.keys()]).toEqual(['web-01']);
		expect(hostOf(merged).host.groups).toEqual(['web', 'web-01', 'web-02']);
		expect(hostOf(merged).host.sources).toHaveLength(2);
		expect(hostOf(merged).severity).toBe('ok');
	});
});
