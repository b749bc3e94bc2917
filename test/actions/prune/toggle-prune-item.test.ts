import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {sumPlans} from '../../../source/actions/prune/sum-plans.ts';
import {togglePruneItem} from '../../../source/actions/prune/toggle-prune-item.ts';
import {
	cacheEntry,
	container,
	dayMs,
	filesystem,
	goingIn,
	image,
	inputOf,
	itemNamed,
	keptNamed,
	megabyte,
	unreadable,
	usageOf,
} from './sample-input.ts';

const web = image('shop/web:1');
const api = image('shop/api:1');
const old = container('web_old', web, {writableBytes: 3 * megabyte});
const input = inputOf({images: [web, api], containers: [old]}, {olderThanMs: dayMs, stoppedForMs: dayMs});
const plan = planPrune(input);

describe('in the dialog', () => {
	test('a container taken out takes its image out with it, and the reclaim follows', () => {
		const without = togglePruneItem(input, plan, itemNamed(plan, 'web_old').key);
		expect(goingIn(plan)).toContain('shop/web:1');
		expect(goingIn(without)).toEqual(['shop/api:1']);
		expect(keptNamed(without, 'web_old')).toMatchObject({reason: 'taken-out', why: 'taken out of the plan by hand'});
		expect(keptNamed(without, 'shop/web:1')).toMatchObject({reason: 'in-use', why: 'used by web_old (exited)'});
		expect(plan.reclaim.minBytes - without.reclaim.minBytes).toBe(103 * megabyte);
	});

	test('the image put back brings its container back', () => {
		const without = togglePruneItem(input, plan, itemNamed(plan, 'web_old').key);
		expect(togglePruneItem(input, without, keptNamed(without, 'shop/web:1').key)).toEqual(plan);
	});

	test('what was taken out stays out while others are toggled', () => {
		const first = togglePruneItem(input, plan, itemNamed(plan, 'shop/web:1').key);
		const second = togglePruneItem(input, first, itemNamed(first, 'shop/api:1').key);
		expect(goingIn(second)).toEqual(['web_old']);
	});

	test('what is kept for a reason of its own cannot be put in', () => {
		const used = inputOf({images: [web], containers: [{...old, state: 'running'}]}, {olderThanMs: dayMs});
		const kept = planPrune(used);
		expect(togglePruneItem(used, kept, keptNamed(kept, 'shop/web:1').key)).toBe(kept);
		expect(togglePruneItem(used, kept, 'image:nothing-of-the-kind')).toBe(kept);
	});

	test('what was not needed for the target can be put in', () => {
		const wishes = {olderThanMs: dayMs, freeUntilRatio: 0.5};
		const targeted = inputOf({images: [web, api]}, wishes, {filesystem: filesystem(55 * megabyte, 45 * megabyte)});
		const one = planPrune(targeted);
		expect(one.items).toHaveLength(1);
		const kept = one.kept[0];
		expect(kept?.reason).toBe('target-met');
		expect(togglePruneItem(targeted, one, kept?.key ?? '').items).toHaveLength(2);
	});
});

describe('the fingerprint', () => {
	test('is the same for the same removals, in whatever order the engine lists them and whenever they are planned', () => {
		const again = inputOf({images: [api, web], containers: [old]}, input.wishes, {now: input.now + 5000});
		expect(planPrune(again).fingerprint).toBe(plan.fingerprint);
		expect(plan.fingerprint).toMatch(/^[0-9a-f]{12}$/);
	});

	test('differs for another host and for a name that has to go too', () => {
		const other = planPrune({...input, host: {key: 'web-08', name: 'web-08'}});
		const renamed = {...api, tags: ['shop/api:1', 'shop/api:latest']};
		const more = planPrune(inputOf({images: [web, renamed], containers: [old]}, input.wishes));
		expect(new Set([plan.fingerprint, other.fingerprint, more.fingerprint]).size).toBe(3);
	});
});

describe('many hosts', () => {
	test('add up, and those that could not be read are counted', () => {
		const cache = planPrune(inputOf({buildCache: [cacheEntry('one')]}, {buildCache: true}));
		const dark = planPrune(inputOf({}, {}, {usage: usageOf({}, {images: unreadable('no answer')})}));
		expect(sumPlans([plan, cache, dark])).toEqual({
			hosts: 3,
			hostsWithItems: 2,
			hostsWithUnread: 1,
			items: 4,
			itemsByKind: {container: 1, image: 2, volume: 0, 'build-cache': 1},
			kept: 0,
			reclaim: {minBytes: 213 * megabyte, maxBytes: 213 * megabyte},
		});
		expect(sumPlans([]).reclaim).toEqual({minBytes: 0, maxBytes: 0});
	});
});
