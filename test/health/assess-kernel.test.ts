import {describe, expect, it} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
import type {HostReadings} from '../../source/model/readings.ts';
import {kernelRecord} from './kernel-lines.ts';
import {healthyInput, healthyReadings, ok, sampleEngine, sampleFilesystem, sampleVitals} from './sample-host.ts';
import {sampleCounters, sampleEvidence} from './sample-boots.ts';
import {summarise, panicked, hung} from './troubles.ts';
import {analyse} from './kernel/analyse.ts';

describe('kernel trouble', () => {
	const fold = (text: string) => analyse([kernelRecord(text)]);
	const hours = (count: number, incidents: ReturnType<typeof fold>) =>
		summarise(
			healthyInput({
				incidents,
				now: (incidents[0]?.lastAt ?? 0) + count * 3_600_000,
				readings: readingsAt((incidents[0]?.lastAt ?? 0) + count * 3_600_000),
				lastHeardAt: null,
			}),
		);
	const readingsAt = (at: number): HostReadings =>
		healthyReadings({
			vitals: ok(sampleVitals(), at),
			filesystems: ok([sampleFilesystem()], at),
			engine: ok(sampleEngine(), at),
			containers: ok([], at),
			kernelCounters: ok(sampleCounters(), at),
			boots: ok(sampleEvidence(), at),
		});

	it('that passes becomes a notice; what lasts until the next boot stays critical', () => {
		const oom = fold('Out of memory: Killed process 7134 (java) total-vm:9120048kB');
		expect(hours(23, oom)).toEqual(['critical oom-global']);
		expect(hours(25, oom)).toEqual(['notice oom-global']);
		expect(hours(2000, fold('kernel BUG at fs/dcache.c:1364!'))).toEqual(['critical kernel-bug']);
	});

	it('comes before all else of the same severity, a panic first', () => {
		const incidents = [...fold('EXT4-fs (sda1): Remounting filesystem read-only'), ...panicked];
		expect(summarise({...hung, incidents})).toEqual([
			'critical panic-fatal-exception',
			'critical engine-hung',
			'critical fs-remount-ro',
		]);
	});

	it('from a source that names no writer says so', () => {
		const incidents = analyse([kernelRecord('kernel BUG at fs/dcache.c:1364!', {facility: null})]);
		expect(assessHost(healthyInput({incidents}))[0]?.meaning).toContain('could have forged it');
	});

	it('that a closing line ended is past', () => {
		const lines = ['nfs: server nas01 not responding, still trying', 'nfs: server nas01 OK'];
		const [open, over] = [lines.slice(0, 1), lines].map((texts) =>
			summarise(healthyInput({incidents: analyse(texts.map((text) => kernelRecord(text)))})),
		);
		expect(open).toEqual(['warning nfs-not-responding']);
		expect(over?.filter((line) => line.startsWith('warning'))).toEqual([]);
	});

	it('that only informs is left to the kernel tab', () => {
		expect(summarise(healthyInput({incidents: analyse([kernelRecord('Linux version 6.1.0-18-amd64')])}))).toEqual([]);
	});
});
