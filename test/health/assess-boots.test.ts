import {describe, expect, test} from 'vitest';
import {assessBoots} from '../../source/health/assess-boots.ts';
import {assessHost} from '../../source/health/assess-host.ts';
import type {Boot, BootEnding, BootHistory} from '../../source/model/boots.ts';
import {sampleHistory} from './sample-boots.ts';
import {healthyInput, now} from './sample-host.ts';

const minute = 60_000;
const day = 86_400_000;

function boot(index: number, ending: BootEnding, endedAt: number | null, change: Partial<Boot> = {}): Boot {
	return {
		bootId: String(index),
		index,
		startedAt: null,
		endedAt,
		ending,
		reason: `${ending} of boot ${index}`,
		evidence: ['a line'],
		incidents: [],
		records: [],
		...change,
	};
}

const history = (...earlier: readonly Boot[]): BootHistory =>
	sampleHistory({boots: [boot(0, 'running', null), ...earlier]});

const found = (bootHistory: BootHistory | null, rebootedMsAgo: number | null = null): readonly string[] =>
	assessBoots(
		healthyInput({
			bootHistory,
			rebootSeen: rebootedMsAgo === null ? null : {fromBootId: 'old', at: now - rebootedMsAgo},
		}),
	).map(({severity, id, summary}) => `${severity} ${id}: ${summary}`);

describe('how the previous boot ended', () => {
	test('a host that panicked 12 minutes ago is critical, and says so in one line', () => {
		expect(found(history(boot(-1, 'panic', now - 12 * minute)))).toEqual([
			'critical previous-boot-panic: previous boot, 12m ago: panic of boot -1',
		]);
	});

	test.each([
		[2 * day, ['critical']],
		[10 * day, ['warning']],
		[20 * day, ['notice']],
		[40 * day, []],
	])('a panic %d ms ago fades', (ageMs, severities) => {
		expect(found(history(boot(-1, 'panic', now - ageMs))).map((line) => line.split(' ')[0])).toEqual(severities);
	});

	test('a host that was shut down, or never booted before, has nothing to explain', () => {
		expect(found(history(boot(-1, 'clean', now - minute)))).toEqual([]);
		expect(found(history())).toEqual([]);
		expect(found(null)).toEqual([]);
	});

	test('a stop without evidence is a warning that says how to have evidence next time', () => {
		const [finding] = assessBoots(
			healthyInput({
				bootHistory: {...history(boot(-1, 'unclean', now - minute)), advice: 'Keep the journal.'},
			}),
		);
		expect(finding).toMatchObject({severity: 'warning', id: 'previous-boot-unclean', advice: 'Keep the journal.'});
	});

	test('firmware’s line in the running log is not told a second time', () => {
		const incident = {
			key: 'bert',
			id: 'bert-previous-boot',
			severity: 'critical',
			category: 'hardware',
			title: 'Firmware kept a hardware error of the boot before',
			subject: '',
			via: null,
			count: 1,
			isLowerBound: false,
			firstAt: now - minute,
			lastAt: now - minute,
			firstSeconds: 1,
			lastSeconds: 1,
			also: [],
			lines: ['BERT: Error records from previous boot:'],
			state: 'open',
			followsKey: null,
			unverifiedOrigin: false,
			meaning: 'It is hardware.',
			advice: 'Replace it.',
			source: 'bert.c',
		} as const;
		const ids = (bootHistory: BootHistory | null): readonly string[] =>
			assessHost(healthyInput({incidents: [incident], bootHistory})).map(({id}) => id);
		expect(ids(null)).toEqual(['bert-previous-boot']);
		expect(ids(history(boot(-1, 'panic', now - minute)))).toEqual(['previous-boot-panic']);
		expect(ids(history(boot(-1, 'clean', now - minute)))).toEqual(['bert-previous-boot']);
	});
});

describe('stops that repeat', () => {
	test('three of them in nine days are counted, from the first on', () => {
		const stops = [
			boot(-1, 'unclean', now - day),
			boot(-2, 'panic', now - 4 * day),
			boot(-3, 'clean', now - 6 * day),
			boot(-4, 'unclean', now - 8.5 * day),
		];
		expect(found(history(...stops))).toContain('warning crash-rate: 3 unclean stops in 9 days');
	});

	test('one alone is no rate, and shutdowns are none at all', () => {
		expect(found(history(boot(-1, 'unclean', now - day), boot(-2, 'clean', now - 2 * day))).join()).not.toContain(
			'crash-rate',
		);
	});

	test('three within a day are critical', () => {
		const stops = [1, 2, 3].map((hours) => boot(-hours, 'unclean', now - hours * 60 * minute));
		expect(found(history(...stops))).toContain('critical crash-rate: 3 unclean stops in 3 hours');
	});
});

describe('a boot id that changed while Sickbay watched', () => {
	test('is itself a warning until it is known how the boot before ended', () => {
		expect(found(null, 3 * minute)).toEqual(['warning rebooted-unexpectedly: rebooted unexpectedly 3m ago']);
	});

	test('is a notice when the host was shut down in order', () => {
		expect(found(history(boot(-1, 'clean', now - 4 * minute)), 3 * minute)).toEqual([
			'notice rebooted: rebooted 3m ago, shut down in order',
		]);
	});

	test('is told with the crash that explains it', () => {
		const bootHistory = history(boot(-1, 'panic', now - 4 * minute));
		const findings = assessBoots(healthyInput({bootHistory, rebootSeen: {fromBootId: 'old', at: now - 3 * minute}}));
		expect(findings.map(({id}) => id)).toEqual(['previous-boot-panic']);
		expect(findings[0]?.evidence).toContain('came back with another boot id 3m ago');
	});
});

test('an account that may not read of earlier boots learns the one line that grants it', () => {
	const sources = [
		{source: 'journal', state: 'not-permitted', detail: 'this account may not read the system journal'},
	] as const;
	const bootHistory = {...history(boot(-1, 'unknown', null)), sources};
	const [finding, ...others] = assessBoots(healthyInput({bootHistory, address: 'ops@10.0.0.7:22'}));
	expect(others).toEqual([]);
	expect(finding).toMatchObject({id: 'earlier-boots-forbidden', severity: 'notice'});
	expect(finding?.advice).toBe('Let the account read it: `sudo usermod -aG systemd-journal ops`.');
});

test('an account on a host without a journal is not told that rights on the log would show earlier boots', () => {
	const sources = [{source: 'pstore', state: 'not-permitted', detail: 'only root reads it'}] as const;
	const bootHistory = {...history(boot(-1, 'unknown', null)), sources};
	const [finding] = assessBoots(healthyInput({bootHistory, address: 'ops@10.0.0.7:22'}));
	expect(finding?.id).toBe('earlier-boots-forbidden');
	expect(finding?.advice).toContain('sudo ls -l /sys/fs/pstore');
	expect(finding?.advice).not.toContain('dmesg');
});
