import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {container, dayMs, daysAgo, filesystem, goingIn, image, inputOf, keptNamed, megabyte} from './sample-input.ts';

describe('a target for the file system', () => {
	const gigabyte = 1000 * megabyte;
	const images = [
		image('local:1', {digests: [], sizeBytes: 10 * gigabyte, builtAt: daysAgo(400)}),
		image('pulled:1', {sizeBytes: 10 * gigabyte, builtAt: daysAgo(50)}),
		image('pulled:2', {sizeBytes: 10 * gigabyte, builtAt: daysAgo(90)}),
		image('left-over', {tags: [], digests: [], sizeBytes: 10 * gigabyte, builtAt: daysAgo(2)}),
	];
	const wishes = {olderThanMs: dayMs, dangling: true};

	test('takes what has no name first, then what can be pulled again and was unused longest, then what cannot', () => {
		const going = (freeUntilRatio: number) =>
			goingIn(
				planPrune(
					inputOf({images}, {...wishes, freeUntilRatio}, {filesystem: filesystem(90 * gigabyte, 10 * gigabyte)}),
				),
			);
		expect(going(0.9)).toEqual([]);
		expect(going(0.8)).toHaveLength(1);
		expect(going(0.75).slice(1)).toEqual(['pulled:2']);
		expect(going(0.6).slice(1)).toEqual(['pulled:2', 'pulled:1']);
		expect(going(0.5).slice(1)).toEqual(['pulled:2', 'pulled:1', 'local:1']);
	});

	test('counts an image as much as the container that has to go before it', () => {
		const containers = [container('old', 'left-over')];
		const disk = filesystem(90 * gigabyte, 10 * gigabyte);
		const asked = {...wishes, stoppedForMs: 0, freeUntilRatio: 0.8};
		expect(goingIn(planPrune(inputOf({images, containers}, asked, {filesystem: disk})))).toEqual(['pulled:2']);
	});

	test('keeps what is not needed with that reason', () => {
		const disk = filesystem(90 * gigabyte, 10 * gigabyte);
		const plan = planPrune(inputOf({images}, {...wishes, freeUntilRatio: 0.8}, {filesystem: disk}));
		expect(keptNamed(plan, 'local:1')).toMatchObject({reason: 'target-met', why: 'not needed to come down to 80 %'});
		expect(plan.advice).toEqual([]);
	});

	test('that is met already plans nothing and says so', () => {
		const disk = filesystem(60 * gigabyte, 40 * gigabyte);
		const plan = planPrune(inputOf({images}, {...wishes, freeUntilRatio: 0.7}, {filesystem: disk}));
		expect(plan.items).toEqual([]);
		expect(plan.advice).toEqual(['/var/lib/docker is at or below 70 % already.']);
	});

	test('that cannot be met plans all that is selected, and says how much is missing and what else there is', () => {
		const disk = filesystem(95 * gigabyte, 5 * gigabyte);
		const plan = planPrune(inputOf({images}, {...wishes, freeUntilRatio: 0.1}, {filesystem: disk}));
		expect(plan.items).toHaveLength(4);
		expect(plan.advice).toEqual([
			'/var/lib/docker needs 85 GB to come down to 10 %; this plan frees at least 40 GB. Select more with `--stopped 7d`, `--build-cache`.',
		]);
	});

	test('selects nothing by itself', () => {
		const disk = filesystem(95 * gigabyte, 5 * gigabyte);
		expect(goingIn(planPrune(inputOf({images}, {freeUntilRatio: 0.1}, {filesystem: disk})))).toHaveLength(1);
	});

	test.each([
		['the file system could not be read', null, 'overlay2'],
		['images are kept in a thin pool', filesystem(95 * gigabyte, 5 * gigabyte), 'devicemapper'],
		['images are kept in a zpool', filesystem(95 * gigabyte, 5 * gigabyte), 'zfs'],
	])('cannot be judged when %s, so nothing is planned', (_, disk, driver) => {
		const plan = planPrune(inputOf({images}, {...wishes, freeUntilRatio: 0.5}, {filesystem: disk, driver}));
		expect(plan.items).toEqual([]);
		expect(keptNamed(plan, 'pulled:1').reason).toBe('unchecked');
		expect(plan.advice[0]).toMatch(/^Whether 50 % is met cannot be judged: /);
	});

	test('is never said to free more than the file system holds', () => {
		const plan = planPrune(inputOf({images}, wishes, {filesystem: filesystem(15 * gigabyte, 5 * gigabyte)}));
		expect(plan.reclaim).toEqual({minBytes: 15 * gigabyte, maxBytes: 15 * gigabyte});
	});
});
