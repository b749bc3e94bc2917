/** What a fleet remembers of its hosts' boots, event by event. */
import {describe, expect, test} from 'vitest';
import type {FleetEvent, HostEvent} from '../../source/fleet/fleet-event.ts';
import type {FleetState, HostState} from '../../source/fleet/fleet-state.ts';
import {emptyFleet} from '../../source/fleet/reduce-fleet.ts';
import type {BootEvidence} from '../../source/model/boots.ts';
import {kernelRecord} from '../health/kernel-lines.ts';
import {sampleEvidence} from '../health/sample-boots.ts';
import {healthyReadings, now, ok, sampleHostDeclaration, sampleIdentity} from '../health/sample-host.ts';
import {createReducer} from './create-reducer.ts';

const firstId = '11111111-1111-4111-8111-111111111111';
const secondId = '22222222-2222-4222-8222-222222222222';

const identity = (bootId: string | null): HostEvent => ({
	kind: 'reading',
	name: 'identity',
	reading: ok({...sampleIdentity(), bootId}),
});

/** A host whose journal says nothing of a shutdown. */
const boots = (change: Partial<BootEvidence> = {}): HostEvent => ({
	kind: 'reading',
	name: 'boots',
	reading: ok(
		sampleEvidence({
			bootId: firstId,
			bootedAt: now - 600_000,
			wtmpBoots: [
				{startedAt: now - 600_000, endedAt: null, ending: 'running', kernelRelease: null},
				{startedAt: now - 9_000_000, endedAt: null, ending: 'crash', kernelRelease: null},
			],
			...change,
		}),
	),
});

const others = Object.entries(healthyReadings())
	.filter(([name]) => name !== 'identity' && name !== 'boots')
	.map(([name, reading]) => ({kind: 'reading', name, reading}) as HostEvent);

const climbed: readonly HostEvent[] = [
	{kind: 'host-added', host: sampleHostDeclaration({key: 'web-01', name: 'web-01'})},
	{kind: 'attempt-started'},
	{kind: 'ladder-changed', ladder: {reached: 'info', broken: null}},
	...others,
	identity(firstId),
];

function hostAfter(...events: readonly HostEvent[]): HostState {
	const reduce = createReducer();
	const state = [...climbed, ...events]
		.map((event): FleetEvent => ({...event, hostKey: 'web-01', at: now}))
		.reduce<FleetState>(reduce, emptyFleet);
	const host = state.hosts.get('web-01');
	if (host === undefined) throw new Error('the host is gone');
	return host;
}

const idsOf = (host: HostState): readonly string[] => host.findings.map(({id}) => id);

describe('a host', () => {
	test('whose boots were read tells how the last one ended', () => {
		const host = hostAfter(boots());
		expect(host.bootHistory?.boots.map(({ending}) => ending)).toEqual(['running', 'unclean']);
		expect(idsOf(host)).toEqual(['previous-boot-unclean']);
	});

	test('that comes back with another boot id was rebooted while it was watched', () => {
		const host = hostAfter(boots(), identity(secondId));
		expect(host.rebootSeen).toEqual({fromBootId: firstId, at: now});
		// What was read before tells nothing of the boot that has just ended.
		expect(host.bootHistory).toBeNull();
		expect(idsOf(host)).toEqual(['rebooted-unexpectedly']);
	});

	test('that comes back with the same boot id, or with none, was not', () => {
		expect(hostAfter(identity(firstId)).rebootSeen).toBeNull();
		expect(hostAfter(identity(null)).rebootSeen).toBeNull();
	});

	test('whose log tells of firmware’s record after its boots were read is judged anew', () => {
		const bert = kernelRecord('BERT: Error records from previous boot:');
		const host = hostAfter(boots(), {kind: 'kernel-records', records: [bert]});
		expect(host.bootHistory?.boots[1]?.ending).toBe('hardware');
		expect(idsOf(host)).toEqual(['previous-boot-hardware-error']);
	});

	test('keeps its judgement while its log tells of other things', () => {
		const before = hostAfter(boots()).bootHistory;
		const after = hostAfter(boots(), {kind: 'kernel-records', records: [kernelRecord('usb 1-1: new device')]});
		expect(after.bootHistory).toEqual(before);
	});
});
