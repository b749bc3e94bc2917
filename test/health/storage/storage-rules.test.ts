import {describe, expect, it} from 'vitest';
import {assessHost} from '../../../source/health/assess-host.ts';
import type {StorageRule} from '../../../source/health/storage/storage-rule.ts';
import {storageRules} from '../../../source/health/storage/storage-rules.ts';
import {severities} from '../../../source/model/finding.ts';
import {pending} from '../../../source/model/reading.ts';
import {healthyReadings, ok, sampleEngine, withReadings} from '../sample-host.ts';
import {factsOf, inputOf, matchedRules, namesOf} from './given-host.ts';
import {ruleCases} from './rule-cases.ts';

const order = ({severity}: StorageRule): number => severities.indexOf(severity);

describe('a rule about storage', () => {
	it.each(ruleCases.map((one) => [one[0], ...one.slice(1).map((given) => JSON.stringify(given)), one] as const))(
		'%s speaks of %s and not of %s',
		(...parameters) => {
			const [finding, speaksOf, silentOn] = parameters.at(-1) as (typeof ruleCases)[number];
			expect(namesOf(factsOf(speaksOf))).toContain(finding);
			expect(namesOf(factsOf(silentOn))).not.toContain(finding);
		},
	);

	it('has a host it speaks of among the cases, each row', () => {
		const spoken = new Set(ruleCases.flatMap(([, speaksOf]) => matchedRules(speaksOf)));
		expect(storageRules.filter((rule) => !spoken.has(rule)).map(({id, when}) => `${id}: ${when}`)).toEqual([]);
	});

	it('stands with the rows of its own id, worst first, where their drivers meet', () => {
		for (const [index, rule] of storageRules.entries()) {
			for (const later of storageRules.slice(index + 1)) {
				const meets = later.drivers.some((driver) => rule.drivers.includes(driver));
				if (later.id !== rule.id || !meets) continue;
				expect(`${later.id} ${order(later) >= order(rule) ? 'milder or equal' : 'worse'}`).toBe(
					`${rule.id} milder or equal`,
				);
			}
		}
	});

	it('says what it knows from where, in one line each', () => {
		for (const rule of storageRules) {
			expect(rule.id).toMatch(/^[a-z][a-z0-9-]+$/);
			for (const text of [rule.when, rule.source, rule.meaning]) {
				expect(text).toMatch(/^[^\n]{5,}$/);
				expect(text).not.toMatch(/undefined/);
			}
		}
	});
});

describe('the findings of the rules', () => {
	it.each(ruleCases)('%s has words for a person', (finding, speaksOf) => {
		const facts = factsOf(speaksOf);
		const spoken = matchedRules(speaksOf).filter(({severity, id}) => `${severity} ${id}` === finding);
		expect(spoken).not.toEqual([]);
		for (const {summary, advice, subject} of spoken) {
			const texts = [summary, advice, subject ?? 'its driver'].map((text) =>
				typeof text === 'string' ? text : text(facts),
			);
			for (const text of texts) expect(text).not.toMatch(/undefined|null|NaN|\n|^$| {2}/);
		}
	});

	it('name the engine, the driver and the kernel they are about', () => {
		const finding = assessHost(inputOf({driver: 'vfs'})).find(({id}) => id === 'storage-driver-copies');
		expect(finding).toMatchObject({
			category: 'storage-driver',
			subject: 'vfs',
			evidence: ['engine 27.5.1, driver vfs, kernel 6.1.0-18-amd64'],
		});
	});
});

describe('what is not known', () => {
	it.each(['aufs', 'overlay', 'overlay2', 'devicemapper', 'btrfs', 'zfs', 'vfs', 'fuse-overlayfs'])(
		'of %s makes no rule speak but those about the driver itself',
		(driver) => {
			const input = inputOf({driver, engine: 'dev', status: [], cgroups: ''});
			const blind = {
				...input,
				readings: healthyReadings({engine: input.readings.engine, identity: pending, filesystems: pending}),
			};
			const spoken = assessHost(blind)
				.filter(({category}) => category !== 'reachability')
				.map(({severity, id}) => `${severity} ${id}`);
			const always: Readonly<Record<string, readonly string[]>> = {
				aufs: ['notice storage-driver-deprecated'],
				overlay: ['notice storage-driver-deprecated'],
				devicemapper: ['notice storage-driver-deprecated'],
				vfs: ['warning storage-driver-copies'],
			};
			expect(spoken).toEqual(always[driver] ?? []);
		},
	);

	it('of a thin pool that prints no numbers makes no rule speak', () => {
		const words = ['a lot', 'none', '', '12', '-1 GB'];
		for (const word of words) {
			const status = [
				'Data Space Used',
				'Data Space Total',
				'Data Space Available',
				'Metadata Space Used',
				'Metadata Space Total',
				'Deferred Deleted Device Count',
			].map((key) => [key, key.startsWith('Deferred') ? 'many' : word] as const);
			expect(namesOf(factsOf({driver: 'devicemapper', engine: '17.03.2-ce', status}))).toEqual([
				'notice storage-driver-deprecated',
			]);
		}
	});

	it('of another engine’s drivers is not judged by Docker’s rules', () => {
		const podman = sampleEngine({product: 'podman', version: '4.3.1', driver: 'vfs', driverStatus: []});
		expect(assessHost(withReadings({engine: ok(podman)}))).toEqual([]);
	});

	it('of a thin pool whose sizes are old is not told as if it were of now', () => {
		const input = inputOf({
			driver: 'devicemapper',
			engine: '17.03.2-ce',
			status: [
				['Data Space Used', '107 GB'],
				['Data Space Total', '107.4 GB'],
			],
		});
		const names = (now: number) => assessHost({...input, now}).map(({id}) => id);
		expect(names(input.now)).toContain('thin-pool-data-filling');
		expect(names(input.now + 91 * 60_000)).not.toContain('thin-pool-data-filling');
	});
});
