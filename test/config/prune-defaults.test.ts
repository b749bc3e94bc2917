import {describe, expect, test} from 'vitest';
import {defaultWishes} from '../../source/actions/prune/default-wishes.ts';
import {choosePruneWishes, mapPruneSection} from '../../source/config/prune-defaults.ts';
import {loadConfig} from '../../source/config/load-config.ts';
import {createTemporaryHome} from './temporary-home.ts';

const dayMs = 86_400_000;
const written = mapPruneSection({
	olderThan: '14d',
	keep: 2,
	protect: ['shop/*'],
	groups: {
		ci: {olderThan: '3d', buildCache: true, keep: 0, protect: ['label:keep']},
		web: {unusedFor: '4w', freeUntil: '70%'},
	},
});

describe('what goes from a host', () => {
	test('is what the configuration says of all hosts', () => {
		const wishes = choosePruneWishes({groups: []}, {}, written, defaultWishes);
		expect(wishes).toEqual({...defaultWishes, olderThanMs: 14 * dayMs, keepNewest: 2, protect: ['shop/*']});
	});

	test('is what it says of its groups, which protect more and never less', () => {
		const wishes = choosePruneWishes({groups: ['web', 'ci']}, {}, written, defaultWishes);
		expect(wishes).toMatchObject({olderThanMs: 3 * dayMs, unusedForMs: 28 * dayMs, buildCache: true, keepNewest: 0});
		expect(wishes).toMatchObject({protect: ['shop/*', 'label:keep'], freeUntilRatio: 0.7});
	});

	test('is only what is typed as soon as anything is, while limits and protection hold', () => {
		const typed = {stoppedForMs: dayMs, protect: ['mine']};
		expect(choosePruneWishes({groups: ['ci']}, typed, written, defaultWishes)).toEqual({
			...defaultWishes,
			stoppedForMs: dayMs,
			protect: ['shop/*', 'label:keep', 'mine'],
		});
		expect(choosePruneWishes({groups: []}, {keepNewest: 5}, written, defaultWishes)).toMatchObject({
			olderThanMs: 14 * dayMs,
			keepNewest: 5,
		});
	});
});

describe('a configuration', () => {
	test('may say so, and may take away what changes hosts', async () => {
		const home = await createTemporaryHome();
		const text = 'readOnly: true\nprune: {stopped: 7d, groups: {ci: {dangling: true}}}\n';
		const {env} = home;
		await home.write('.config/sickbay/config.yaml', text);
		const config = await loadConfig({env});
		expect(config.readOnly).toBe(true);
		expect(config.prune).toEqual({
			all: {stoppedForMs: 7 * dayMs},
			groups: [{name: 'ci', wishes: {dangling: true}}],
		});
	});
});
