import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {container, dayMs, daysAgo, goingIn, idOf, image, inputOf, keptNamed} from './sample-input.ts';

describe('the newest of a repository', () => {
	const web = (tag: string, days: number, facts = {}) => image(`shop/web:${tag}`, {builtAt: daysAgo(days), ...facts});

	test('stay by build time, however old they are', () => {
		const images = [web('1', 90), web('2', 80), web('3', 70), image('shop/api:1', {builtAt: daysAgo(95)})];
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs, keepNewest: 2}));
		expect(goingIn(plan)).toEqual(['shop/web:1']);
		expect(keptNamed(plan, 'shop/web:2')).toMatchObject({
			reason: 'newest',
			why: 'among the 2 newest of shop/web, by build time',
		});
		expect(keptNamed(plan, 'shop/api:1').reason).toBe('newest');
	});

	test('are not those an old build was tagged anew as', () => {
		const images = [web('stable', 90, {taggedAt: daysAgo(1)}), web('2', 80)];
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs, keepNewest: 1}));
		expect(goingIn(plan)).toEqual(['shop/web:stable']);
		expect(keptNamed(plan, 'shop/web:2').why).toBe('newest of shop/web, by build time');
	});

	test('take places even when they are in use', () => {
		const images = [web('1', 90), web('2', 80)];
		const containers = [container('web_1', 'shop/web:2', {state: 'running'})];
		const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs, keepNewest: 1}));
		expect(goingIn(plan)).toEqual(['shop/web:1']);
		expect(keptNamed(plan, 'shop/web:2').why).toBe('used by web_1 (running)');
	});

	test('of unknown age stay beside the newest, not in their place', () => {
		const images = [web('1', 90), web('2', 80), web('what', 0, {builtAt: null})];
		const plan = planPrune(inputOf({images}, {unusedForMs: dayMs, keepNewest: 1}));
		expect(goingIn(plan)).toEqual(['shop/web:1']);
		expect(keptNamed(plan, 'shop/web:what').reason).toBe('unknown-age');
	});

	test('built at the same moment all stay', () => {
		const images = [web('1', 90), web('2', 80), web('3', 80)];
		expect(goingIn(planPrune(inputOf({images}, {olderThanMs: dayMs, keepNewest: 1})))).toEqual(['shop/web:1']);
	});

	test('pulled by digest, without a tag, belong to the repository of the digest', () => {
		const images = [web('1', 90, {tags: []}), web('2', 80, {tags: []})];
		const plan = planPrune(inputOf({images}, {dangling: true, keepNewest: 1}));
		expect(plan.items.map(({id}) => id)).toEqual([idOf('shop/web:1')]);
	});
});
