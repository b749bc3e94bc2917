/** One line for the same trouble of many hosts. */
import {expect, test} from 'vitest';
import {selectFoldedFindings, selectFoldedNames} from '../../source/fleet/select-folded-findings.ts';
import type {Finding} from '../../source/model/finding.ts';
import {createFinding, createFleet, createHost} from '../ui/harness/host-fixture.ts';

function fold(...findings: readonly Partial<Finding>[]): readonly string[] {
	const hosts = findings.map((finding, index) => createHost(`h${index}`, {findings: [createFinding(finding)]}));
	const fleet = createFleet(hosts);
	return selectFoldedFindings(fleet, () => true).map(({summary, hostKeys}) => `${summary} ×${hostKeys.length}`);
}

test.each<[string, readonly Partial<Finding>[], readonly string[]]>([
	['the same words', [{summary: 'engine down'}, {summary: 'engine down'}], ['engine down ×2']],
	[
		'different subjects',
		[
			{summary: 'EXT4 error on sda9', subject: 'sda9'},
			{summary: 'EXT4 error on sdb1', subject: 'sdb1'},
		],
		['EXT4 error (2 devices) ×2'],
	],
	[
		'a subject at the end, after a colon',
		[
			{summary: 'OOM kill in container: api', subject: 'api', category: 'container'},
			{summary: 'OOM kill in container: db', subject: 'db', category: 'container'},
		],
		['OOM kill in container (2 containers) ×2'],
	],
	['amounts', [{summary: 'disk 94 % full'}, {summary: 'disk 9 % full'}], ['disk 9–94 % full ×2']],
	['amounts in units that differ', [{summary: '61 GB free'}, {summary: '900 MB free'}], ['… free ×2']],
	['durations', [{summary: 'hung 4m'}, {summary: 'hung 12s'}], ['hung … ×2']],
	[
		'a subject that is part of other words is left alone',
		[
			{summary: 'a bad disk a', subject: 'a'},
			{summary: 'a bad disk b', subject: 'b'},
		],
		['a bad disk b ×1', 'a bad disk a ×1'].toSorted(),
	],
	[
		'other rules with the same words',
		[
			{id: 'x', summary: 'full'},
			{id: 'y', summary: 'full'},
		],
		['full ×1', 'full ×1'],
	],
])('%s', (_words, findings, folded) => {
	expect(fold(...findings)).toEqual(folded);
});

test('worst first, then what most hosts have, and a host counts once for three containers', () => {
	const unhealthy = (name: string): Finding =>
		createFinding({id: 'unhealthy', category: 'container', subject: name, summary: `container ${name} is unhealthy`});
	const notice = createFinding({id: 'n', severity: 'notice', summary: 'a note'});
	const fleet = createFleet([
		createHost('one', {findings: [unhealthy('a'), unhealthy('b'), unhealthy('c'), notice]}),
		createHost('two', {findings: [createFinding({id: 'slow', summary: 'slow'}), notice]}),
		createHost('three', {findings: [createFinding({id: 'slow', summary: 'slow'})]}),
		createHost('four', {findings: [createFinding({id: 'bad', severity: 'critical', summary: 'bad'})]}),
	]);
	const folds = selectFoldedFindings(fleet, () => true);
	expect(folds.map(({summary}) => summary)).toEqual(['bad', 'slow', 'container is unhealthy (3 containers)', 'a note']);
	expect(folds[2]?.hostKeys).toEqual(['ssh:one']);
	expect(folds[2]?.members).toHaveLength(3);
	expect(selectFoldedFindings(fleet, ({severity}) => severity !== 'notice').map(({summary}) => summary)).not.toContain(
		'a note',
	);
});

test('names of the hosts are folded too', () => {
	const bad = createFinding({summary: 'bad'});
	const fleet = createFleet(['web-1', 'web-2', 'db'].map((name) => createHost(name, {findings: [bad]})));
	const [only] = selectFoldedFindings(fleet, () => true);
	expect(only === undefined ? [] : selectFoldedNames(fleet, only)).toEqual(['db', 'web-[1-2]']);
});

test('hosts that are not shown are not counted', () => {
	const bad = createFinding({summary: 'bad'});
	const fleet = createFleet(['one', 'two'].map((name) => createHost(name, {findings: [bad]})));
	expect(selectFoldedFindings(fleet, (_finding, {host}) => host.name === 'two')[0]?.hostKeys).toEqual(['ssh:two']);
});
