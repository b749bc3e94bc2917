/** What the storage tab says for and against a host's driver. */
import {describe, expect, it} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {assessHost} from '../../source/health/assess-host.ts';
import {pending} from '../../source/model/reading.ts';
import type {EngineInfo} from '../../source/model/readings.ts';
import {createStorageLines} from '../../source/ui/host/storage-lines.ts';
import {sampleEngine} from '../health/sample-host.ts';
import {createHost, fixtureNow, type HostDetails} from './harness/host-fixture.ts';

const now = fixtureNow;

/** With the findings a host in this state really has. */
function judged(engine: Partial<EngineInfo>, details: HostDetails = {}): HostState {
	const readings = {engine: {kind: 'ok', at: now, value: sampleEngine(engine)} as const, ...details.readings};
	const host = createHost('web-01', {...details, readings});
	return {...host, findings: assessHost({...host, now})};
}

function tab(host: HostState, columns = 100): string {
	const lines = createStorageLines(host, {now, columns, markOf: () => null});
	return lines.map((line) => line.map(({text}) => text).join('')).join('\n');
}

describe('the storage tab', () => {
	it('never calls a driver healthy: only that nothing is known against the combination', () => {
		const text = tab(judged({version: '27.5.1'}), 200);
		expect(text).toContain('Nothing is known against this combination: Engine 27.5.1, overlay2 on extfs, Linux 6.');
		expect(text).not.toMatch(/health|\bok\b|Not known/i);
	});

	it('says what is known against it, how bad that is and what to do', () => {
		const text = tab(judged({driver: 'aufs', version: '19.03.15', driverStatus: []}), 80);
		expect(text).toContain('▲ storage driver aufs: deprecated, gone in Engine 24');
		expect(text).toContain('→ Move to overlay2 before upgrading');
		expect(text).not.toContain('Nothing is known against');
	});

	it('says what nobody told', () => {
		const host = judged({driverStatus: [], version: 'dev'}, {readings: {identity: pending, filesystems: pending}});
		expect(tab(host, 200)).toContain(
			'Not known: the kernel’s release, the engine’s version, the file system below the driver, whether it tells file types (d_type), how full the engine’s root is.',
		);
	});

	it('says where images lie and how full that is, in bytes and inodes', () => {
		const text = tab(
			judged({driver: 'overlayfs', version: '29.1.3', driverStatus: [['driver-type', 'io.containerd.snapshotter.v1']]}),
		);
		expect(text).toMatch(/images kept by +the containerd image store/);
		expect(text).toMatch(/engine root +on \/\S* \(\w+\), \d+ % full, \d+ % of inodes used/);
		expect(text).toMatch(/containerd root +–/);
	});

	it('does not judge a host it is not connected to by what that said before', () => {
		const host = judged({driver: 'vfs', driverStatus: []}, {ladder: {reached: 'tcp', broken: null}});
		expect(tab(host)).toContain('Not judged while the host is not connected.');
		expect(tab(host)).not.toContain('Nothing is known against');
	});

	it('does not judge the drivers of other engines', () => {
		const text = tab(judged({product: 'podman', driver: 'overlay', version: '4.3.1'}));
		expect(text).toContain('Not judged: the rules are about Docker’s drivers, and this engine is podman.');
	});

	it.each([40, 60, 80])('keeps to %i columns', (columns) => {
		const host = judged({driver: 'aufs', version: '19.03.15', driverStatus: []});
		const verdict = tab(host, columns).split('\n\n')[0] ?? '';
		for (const line of verdict.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
	});
});
