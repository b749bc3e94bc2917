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

	it('that is nowhere leaves the containers unknown on a host named to Sickbay, and is a notice on one ssh knows', () => {
		const onlySsh = sampleHostDeclaration({sources: [{kind: 'ssh-config', detail: '~/.ssh/config'}]});
		expect(summarise({...troubles['no engine']!, host: onlySsh})).toEqual(['notice engine-absent']);
		const named = sampleHostDeclaration({sources: [{kind: 'command-line', detail: 'web-01'}]});
		expect(summarise({...troubles['no engine']!, host: named})).toEqual(['unknown engine-absent']);
	});

	it('that was configured or there before, and is gone, is critical', () => {
		const host = sampleHostDeclaration({engineSocket: '/run/engine.sock'});
		expect(summarise({...troubles['no engine']!, host})).toEqual(['critical engine-socket-missing']);
		expect(summarise({...troubles['no engine']!, readings: healthyReadings()})).toEqual([
			'critical engine-socket-missing',
		]);
	});
});
