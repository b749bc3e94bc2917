import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {loadConfig} from '../../source/config/load-config.ts';
import {UserError} from '../../source/model/user-error.ts';
import {chooseCatalogue} from '../../source/run/choose-catalogue.ts';
import {kernelRecord} from '../health/kernel-lines.ts';
import {analyse} from '../health/kernel/analyse.ts';

const entry = {
	id: 'raid-battery',
	severity: 'warning',
	category: 'disk',
	pattern: String.raw`raidctl\d+: battery of (?<subject>\S+) is (?<charge>\d+)% charged`,
	title: 'Battery of {subject} is at {charge} %',
	meaning: 'The controller will stop caching writes.',
	advice: 'Order a battery.',
};

async function load(...entries: readonly Readonly<Record<string, unknown>>[]) {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-signatures-'));
	onTestFinished(() => rm(directory, {recursive: true}));
	const file = path.join(directory, 'config.yaml');
	// JSON is YAML.
	await writeFile(file, JSON.stringify({signatures: entries}));
	return loadConfig({path: file, env: {}});
}

async function complaint(change: Readonly<Record<string, unknown>>): Promise<string> {
	const error: unknown = await load({...entry, ...change}).then(
		() => null,
		(reason: unknown) => reason,
	);
	if (!(error instanceof UserError)) throw new Error('it was accepted', {cause: error});
	return error.message;
}

describe('a signature of the user’s own', () => {
	it('is tried before the built-in ones and becomes an incident like theirs', async () => {
		const config = await load(entry, {
			...entry,
			id: 'my-soft-lockup',
			pattern: 'BUG: soft lockup - CPU#(?<cpu>7) ',
			title: 'CPU {cpu} again',
		});
		const catalogue = chooseCatalogue(config.signatures, config.file);
		const texts = [
			'raidctl0: battery of enclosure-3 is 11% charged',
			'raidctl0: battery of enclosure-3 is 9% charged',
			'watchdog: BUG: soft lockup - CPU#7 stuck for 22s! [java:4410]',
		];
		expect(
			analyse(
				texts.map((text) => kernelRecord(text)),
				{catalogue},
			),
		).toMatchObject([
			{
				id: 'raid-battery',
				severity: 'warning',
				subject: 'enclosure-3',
				count: 2,
				title: 'Battery of enclosure-3 is at 9 %',
			},
			{id: 'my-soft-lockup', title: 'CPU 7 again'},
		]);
	});

	it('for a program hears that program only', async () => {
		const {signatures, file} = await load({...entry, identifiers: ['raidd']});
		const text = 'raidctl0: battery of enclosure-3 is 11% charged';
		const heard = (identifier: string) =>
			analyse([kernelRecord(text, {facility: 3, identifier})], {catalogue: chooseCatalogue(signatures, file)}).length;
		expect([heard('raidd'), heard('kernel'), heard('mallory')]).toEqual([1, 0, 0]);
	});

	it.each([
		String.raw`EXT4-fs error \(device (\S+)\): (.*)`,
		String.raw`(?:Read|Write) error on (\S+).*sector (\d+).*retry`,
		String.raw`\[drm\] GPU HANG: ecode (\d+:\d+:[0-9a-f]+), in (.+) \[(\d+)\]`,
		String.raw`host (?:[\w-]+\.)+com went away`,
		String.raw`level=error msg=".*no such pool.*"`,
	])('may be written as people write them: %s', async (pattern) => {
		await expect(load({...entry, pattern, title: 'It broke'})).resolves.toBeDefined();
	});

	it.each([
		[{pattern: 'battery ('}, 'not a regular expression'],
		[{pattern: '(?:battery)?'}, 'matches an empty line'],
		[{pattern: String.raw`\d+ \w+`}, 'too broad'],
		[{pattern: 'battery|.*'}, 'matches an empty line'],
		[{pattern: 'battery (a+)+b'}, '(a+)+ can match the same text in very many ways'],
		[{pattern: String.raw`battery (\w+\s?)*$`}, 'can match the same text in very many ways'],
		[{pattern: 'battery (a|aa)+$'}, 'can match the same text in very many ways'],
		[{pattern: 'battery .*.*.*.*flat'}, 'a line made to be slow'],
		[{unless: '(x+x+)+y'}, 'unless (raid-battery)'],
		[{title: 'Battery of {enclosure}'}, '{enclosure} is not a group of the pattern'],
		[{id: 'RAID'}, 'an id is made of small letters'],
		[{severity: 'fatal'}, 'expected panic or critical or warning or info'],
		[{meaning: ''}, 'at least 1 characters'],
		[{pattern: 'x'.repeat(501)}, 'at most 500 characters'],
		[{colour: 'red'}, 'unknown key signatures[0].colour'],
	])('is refused with the reason: %j', async (change, reason) => {
		const message = await complaint(change);
		expect(message).toContain(reason);
		expect(message).toContain('signatures[0]');
	});

	it('with an id that is taken is refused', async () => {
		await expect(load(entry, entry)).rejects.toThrow('signatures[1].id: raid-battery is the id of an entry above');
		const {signatures, file} = await load({...entry, id: 'oops-gpf'});
		expect(() => chooseCatalogue(signatures, file)).toThrow('oops-gpf is a built-in signature');
	});
});
