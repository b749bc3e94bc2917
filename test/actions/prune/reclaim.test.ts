import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {container, dayMs, daysAgo, image, inputOf, megabyte, unreadable, usageOf} from './sample-input.ts';

describe('what removing images frees', () => {
	const layer = (chainId: string, megabytes: number) => ({chainId, sizeBytes: megabytes * megabyte});
	const one = image('a:1', {sizeBytes: 110 * megabyte, sharedBytes: 100 * megabyte});
	const two = image('a:2', {sizeBytes: 120 * megabyte, sharedBytes: 100 * megabyte});
	const chains = new Map([
		[one.id, [layer('base', 100), layer('one', 10)]],
		[two.id, [layer('base', 100), layer('two', 20)]],
	]);

	test('counts a layer of two images once when both go, and not at all when one stays', () => {
		const both = planPrune(inputOf({images: [one, two]}, {olderThanMs: dayMs}, {layersOf: chains}));
		expect(both.reclaim).toEqual({minBytes: 130 * megabyte, maxBytes: 130 * megabyte});
		const containers = [container('web_1', two, {state: 'running'})];
		const single = planPrune(inputOf({images: [one, two], containers}, {olderThanMs: dayMs}, {layersOf: chains}));
		expect(single.reclaim).toEqual({minBytes: 10 * megabyte, maxBytes: 10 * megabyte});
	});

	test('is a range without the layers: what is not shared at least, what is shared once at most', () => {
		const plan = planPrune(inputOf({images: [one, two]}, {olderThanMs: dayMs}));
		expect(plan.reclaim).toEqual({minBytes: 30 * megabyte, maxBytes: 130 * megabyte});
	});

	test('is anything up to the sizes on an engine that does not say what is shared', () => {
		const images = [
			{...one, sharedBytes: null},
			{...two, sharedBytes: null},
		];
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs}));
		expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 230 * megabyte});
	});

	test('is not certain while the build cache was not read, and says why', () => {
		const usage = usageOf({images: [one]}, {buildCache: unreadable('no answer')});
		const plan = planPrune(inputOf({}, {olderThanMs: dayMs}, {layersOf: chains, usage}));
		expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 110 * megabyte});
		expect(plan.advice).toEqual(['The build cache was not read and may hold layers of these images.']);
		expect(plan.unread).toEqual([]);
	});

	test('is certain on an engine that keeps no build cache of its own', () => {
		const reason = {code: 'unsupported', message: 'this engine keeps no build cache'} as const;
		const usage = usageOf({images: [one]}, {buildCache: {kind: 'failed', reason, at: 0}});
		const plan = planPrune(inputOf({}, {olderThanMs: dayMs}, {layersOf: chains, usage}));
		expect(plan.reclaim.minBytes).toBe(110 * megabyte);
	});

	test('is not certain while a container was made from an image that is gone', () => {
		const containers = [container('lost', 'gone:1')];
		const plan = planPrune(inputOf({images: [one], containers}, {olderThanMs: dayMs}, {layersOf: chains}));
		expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 110 * megabyte});
		expect(plan.advice).toEqual([
			'lost was made from an image that is in no list any more and may hold layers of others.',
		]);
	});

	describe('of a classic build whose steps are images', () => {
		const young = {tags: [], digests: [], builtAt: daysAgo(1), sharedBytes: 0};
		const step = image('step', {...young, sizeBytes: 60 * megabyte});
		const nextStep = image('next-step', {...young, sizeBytes: 90 * megabyte, parentId: step.id});
		const built = image('built:1', {sizeBytes: 110 * megabyte, sharedBytes: 0, parentId: nextStep.id});
		const layersOf = new Map([[built.id, [layer('step', 60), layer('next', 30), layer('last', 20)]]]);

		test('leaves out what a step that stays holds, once however many steps stay, and whatever is said to be shared', () => {
			const plan = planPrune(inputOf({images: [step, nextStep, built]}, {olderThanMs: 14 * dayMs}, {layersOf}));
			expect(plan.items.map(({id}) => id)).toEqual([built.id]);
			expect(plan.reclaim.minBytes).toBe(20 * megabyte);
		});

		test('is nothing for certain when the engine does not list the steps', () => {
			const plan = planPrune(inputOf({images: [built]}, {olderThanMs: 14 * dayMs}, {layersOf}));
			expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 110 * megabyte});
		});

		test('counts what a named image shares only with what was built on it', () => {
			const base = image('base:1', {sizeBytes: 100 * megabyte, sharedBytes: 100 * megabyte});
			const top = image('top:1', {sizeBytes: 110 * megabyte, sharedBytes: 100 * megabyte, parentId: base.id});
			const plan = planPrune(inputOf({images: [base, top]}, {olderThanMs: dayMs}));
			expect(plan.reclaim).toEqual({minBytes: 10 * megabyte, maxBytes: 110 * megabyte});
		});
	});
});
