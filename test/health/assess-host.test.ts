import {describe, expect, it} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
import {overallSeverity} from '../../source/health/overall-severity.ts';
import {pending} from '../../source/model/reading.ts';
import {
	failed,
	healthyInput,
	healthyReadings,
	now,
	ok,
	sampleContainer,
	sampleIdentity,
	sampleVitals,
	withReadings,
} from './sample-host.ts';
import {minuteMs, summarise, severityOf, panicked, unreachable, troubles} from './troubles.ts';

describe('a host in full health', () => {
	it('has no findings and is ok', () => {
		expect(summarise(healthyInput())).toEqual([]);
		expect(severityOf(healthyInput())).toBe('ok');
	});
});

describe('every finding', () => {
	it.each(Object.entries(troubles))(
		'of trouble "%s" says what it means, what to do and how it is known',
		(_name, input) => {
			const findings = assessHost(input);
			expect(findings.length).toBeGreaterThan(0);
			for (const {meaning, advice, summary, evidence, count} of findings) {
				expect(meaning.length).toBeGreaterThan(20);
				expect(advice.length).toBeGreaterThan(8);
				expect(summary).not.toMatch(/undefined|null|NaN|\{|\n/);
				expect([meaning, advice, ...evidence].join(' ')).not.toMatch(/undefined|NaN|\n/);
				expect(evidence.length).toBeLessThanOrEqual(10);
				expect(count).toBeGreaterThanOrEqual(1);
			}
			const keys = findings.map(({id, subject}) => `${id} ${subject}`);
			expect(new Set(keys).size).toBe(keys.length);
		},
	);
});

describe('a host that cannot be reached', () => {
	it('is unknown, keeps what its kernel said before, and drops what else it said', () => {
		const readings = healthyReadings({
			vitals: ok(sampleVitals({memoryAvailableBytes: 0})),
			containers: ok([sampleContainer({health: 'unhealthy'})]),
		});
		expect(summarise({...unreachable, readings})).toEqual(['unknown unreachable']);
		expect(summarise({...unreachable, readings, incidents: panicked})).toEqual([
			'critical panic-fatal-exception',
			'unknown unreachable',
		]);
		expect(severityOf({...unreachable, incidents: panicked})).toBe('critical');
	});

	it('shows the reason, the rung and since when', () => {
		expect(assessHost(unreachable)[0]).toMatchObject({
			summary: 'no-answer at tcp',
			evidence: ['broken rung: tcp', 'what was seen', 'last heard 2026-11-20T13:55:00.000Z'],
			since: now - 240_000,
			advice: 'What to do.',
		});
	});

	it('outranks a warning, while one whose kernel log is closed does not', () => {
		const warned = [...assessHost(troubles['memory']!)];
		expect(overallSeverity([...warned, ...assessHost(unreachable)])).toBe('unknown');
		expect(overallSeverity([...warned, ...assessHost(troubles['no kernel log']!)])).toBe('warning');
	});

	it('is never ok before it was tried, nor while it is being reached', () => {
		expect(summarise(troubles['never tried']!)).toEqual(['unknown not-attempted']);
		expect(summarise(troubles['connecting']!)).toEqual(['unknown connecting']);
	});
});

describe('a connected host', () => {
	it('that says nothing for more than 10 s is unknown', () => {
		expect(summarise(healthyInput({lastHeardAt: now - 10_000}))).toEqual([]);
		expect(summarise(healthyInput({lastHeardAt: now - 10_001}))).toEqual(['unknown stale']);
	});

	it('is unknown until all it is judged by has been read', () => {
		const input = withReadings({containers: pending, kernelLog: pending});
		expect(assessHost(input)[0]).toMatchObject({severity: 'unknown', summary: 'reading…'});
	});

	it('is told to be slow only after some seconds, with what is slow', () => {
		const input = withReadings({containers: pending, kernelLog: pending});
		expect(assessHost({...input, now: now + 3000})[0]?.summary).toBe('reading…');
		expect(assessHost({...input, now: now + 3001})[0]?.summary).toBe('slow to read: containers, kernel log');
	});

	it('is well although its images are still being counted', () => {
		expect(summarise(withReadings({images: pending}))).toEqual([]);
	});

	it('whose reading grew too old is not judged by it', () => {
		const input = withReadings({vitals: ok(sampleVitals({memoryAvailableBytes: 0}), now - 61_000)});
		expect(summarise(input)).toEqual(['unknown reading-too-old']);
		expect(assessHost(input)[0]?.subject).toBe('load and memory');
	});

	it('whose kernel log is closed to us is unknown and told which line opens it', () => {
		const [finding] = assessHost(troubles['no kernel log']!);
		expect(finding).toMatchObject({id: 'kernel-log-forbidden', severity: 'unknown', category: 'kernel'});
		expect(finding?.advice).toContain('usermod -aG systemd-journal ACCOUNT');
	});

	it('that is no Linux machine lacks no Linux kernel log', () => {
		const kernel = {name: 'Darwin', release: '25.1.0', machine: 'arm64'};
		const input = withReadings({
			identity: ok(sampleIdentity({kernel})),
			kernelLog: failed('unsupported', 'no kernel log on Darwin'),
		});
		expect(severityOf(input)).toBe('notice');
	});

	it('with a clock that no calendar holds is reported, not a crash', () => {
		expect(summarise(withReadings({identity: ok(sampleIdentity({clockAt: 9e15}))}))).toEqual(['warning clock-skew']);
	});

	it('with a clock a minute off is fine, and with more it is warned of', () => {
		expect(summarise(withReadings({identity: ok(sampleIdentity({clockAt: now + minuteMs}))}))).toEqual([]);
		expect(assessHost(withReadings({identity: ok(sampleIdentity({clockAt: now + 5 * minuteMs}))}))[0]?.summary).toBe(
			'clock 5m ahead',
		);
	});
});
