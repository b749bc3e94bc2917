import {describe, expect, it} from 'vitest';
import {pending} from '../../source/model/reading.ts';
import {
	brokenRung,
	failed,
	healthyInput,
	healthyReadings,
	now,
	ok,
	sampleEngine,
	sampleHostDeclaration,
} from './sample-host.ts';
import {minuteMs, summarise, hung, troubles} from './troubles.ts';

describe('an engine', () => {
	it('that is hung or down is critical, and its old readings are not complained about', () => {
		const stale = healthyReadings({
			containers: failed('timeout', 'no answer'),
			engine: ok(sampleEngine(), now - 90 * minuteMs),
			images: pending,
		});
		expect(summarise({...hung, readings: stale})).toEqual(['critical engine-hung']);
		expect(summarise({...troubles['engine down']!, readings: stale})).toEqual(['critical engine-down']);
	});

	it('that we may not speak to is unknown', () => {
		const input = healthyInput({
			ladder: {reached: 'shell', broken: brokenRung('engine-socket', 'engine-socket-forbidden')},
		});
		expect(summarise(input)).toEqual(['unknown engine-forbidden']);
	});

	it('that is nowhere is a notice, unless it was configured or there before', () => {
		expect(summarise(troubles['no engine']!)).toEqual(['notice engine-absent']);
		const host = sampleHostDeclaration({engineSocket: '/run/engine.sock'});
		expect(summarise({...troubles['no engine']!, host})).toEqual(['critical engine-socket-missing']);
		expect(summarise({...troubles['no engine']!, readings: healthyReadings()})).toEqual([
			'critical engine-socket-missing',
		]);
	});
});
