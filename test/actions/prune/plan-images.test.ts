import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {
	container,
	dayMs,
	daysAgo,
	goingIn,
	idOf,
	image,
	inputOf,
	itemNamed,
	keptNamed,
	unreadable,
	usageOf,
} from './sample-input.ts';

const unnamed = (name: string, facts = {}) => image(name, {tags: [], digests: [], ...facts});

describe('images without a name', () => {
	test('go when nothing was asked for, and nothing else does', () => {
		const images = [unnamed('left-over'), image('shop/web:1')];
		const plan = planPrune(inputOf({images, containers: [container('web_1', 'shop/web:1')]}));
		expect(plan.items.map(({id}) => id)).toEqual([idOf('left-over')]);
		expect(itemNamed(plan, 'left-over')).toMatchObject({
			why: 'has no name',
			calls: [`DELETE /images/${idOf('left-over')}?force=0&noprune=1`],
		});
	});

	test('stay when only the build cache or the logs were asked for', () => {
		const images = [unnamed('left-over')];
		expect(planPrune(inputOf({images}, {buildCache: true})).items).toEqual([]);
		expect(planPrune(inputOf({images}, {logs: true})).items).toEqual([]);
	});

	test('of any age go beside old ones when both were asked for', () => {
		const images = [unnamed('fresh', {builtAt: daysAgo(1)}), image('shop/web:1', {builtAt: daysAgo(3)})];
		const plan = planPrune(inputOf({images}, {dangling: true, olderThanMs: 14 * dayMs}));
		expect(plan.items.map(({id}) => id)).toEqual([idOf('fresh')]);
	});

	test('that a registry still knows say that they have a digest', () => {
		const left = image('shop/web:1', {tags: []});
		expect(planPrune(inputOf({images: [left]})).items[0]).toMatchObject({
			why: 'has no tag, only a digest',
			cautions: [],
		});
	});
});

describe('images by age', () => {
	test('go when they were built long enough ago, and say so', () => {
		const images = [image('old:1', {builtAt: daysAgo(40)}), image('new:1', {builtAt: daysAgo(3)})];
		const plan = planPrune(inputOf({images}, {olderThanMs: 14 * dayMs}));
		expect(itemNamed(plan, 'old:1')).toMatchObject({
			why: 'built 40 d ago, at least 14 d',
			age: {kind: 'built', at: daysAgo(40)},
		});
		expect(keptNamed(plan, 'new:1')).toMatchObject({reason: 'too-young', why: 'built 3 d ago, younger than 14 d'});
	});

	test('built or used exactly that long ago go', () => {
		const images = [image('old:1', {builtAt: daysAgo(14)})];
		expect(goingIn(planPrune(inputOf({images}, {olderThanMs: 14 * dayMs})))).toEqual(['old:1']);
		expect(goingIn(planPrune(inputOf({images}, {unusedForMs: 14 * dayMs})))).toEqual(['old:1']);
	});

	test('built a year ago but tagged yesterday were used yesterday, and say which it is', () => {
		const images = [image('a:1', {builtAt: daysAgo(365), taggedAt: daysAgo(3)})];
		const plan = planPrune(inputOf({images}, {unusedForMs: 30 * dayMs}));
		expect(keptNamed(plan, 'a:1')).toMatchObject({
			reason: 'too-young',
			why: 'last known use 3 d ago, when it was tagged, less than 30 d',
			age: {kind: 'tagged', at: daysAgo(3)},
		});
	});

	test('must be past both ages when both were asked for', () => {
		const images = [
			image('both:1', {taggedAt: daysAgo(50)}),
			image('tagged:1', {taggedAt: daysAgo(5)}),
			image('built:1', {builtAt: daysAgo(5)}),
		];
		const plan = planPrune(inputOf({images}, {olderThanMs: 14 * dayMs, unusedForMs: 30 * dayMs}));
		expect(goingIn(plan)).toEqual(['both:1']);
		expect(itemNamed(plan, 'both:1').why).toBe(
			'built 100 d ago, at least 14 d; last known use 50 d ago, when it was tagged, at least 30 d',
		);
	});

	test.each([
		['no time at all', null],
		['1970', 0],
		['0001', -62_135_596_800_000],
		['1980, as buildpacks write', Date.UTC(1980, 0, 1, 0, 0, 1)],
	])('that say %s as their build time are of unknown age, never old', (_, builtAt) => {
		const images = [image('reproducible:1', {builtAt})];
		const older = planPrune(inputOf({images}, {olderThanMs: dayMs}));
		const unused = planPrune(inputOf({images}, {unusedForMs: dayMs}));
		expect(keptNamed(older, 'reproducible:1').reason).toBe('unknown-age');
		expect(keptNamed(unused, 'reproducible:1').reason).toBe('unknown-age');
	});

	test('that do not say when they were built are as old as their tag when use was asked for', () => {
		const images = [image('reproducible:1', {builtAt: null, taggedAt: daysAgo(60)})];
		expect(goingIn(planPrune(inputOf({images}, {unusedForMs: 30 * dayMs})))).toEqual(['reproducible:1']);
	});

	test('built in the future by a host whose clock is wrong stay', () => {
		const images = [image('future:1', {builtAt: daysAgo(-9)})];
		expect(keptNamed(planPrune(inputOf({images}, {olderThanMs: dayMs})), 'future:1').reason).toBe('too-young');
	});
});

describe('images that are used', () => {
	const images = [image('shop/web:1')];

	test.each(['running', 'paused', 'restarting', 'exited', 'created', 'dead', 'removing', 'a state of tomorrow'])(
		'by a container that is %s stay, with its name and state',
		(state) => {
			const containers = [container('web_1', 'shop/web:1', {state})];
			const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs}));
			expect(keptNamed(plan, 'shop/web:1')).toMatchObject({reason: 'in-use', why: `used by web_1 (${state})`});
		},
	);

	test('by many name the running ones first and count the rest', () => {
		const containers = [
			container('a', 'shop/web:1'),
			container('b', 'shop/web:1'),
			container('c', 'shop/web:1', {state: 'running'}),
			container('d', 'shop/web:1'),
			container('e', 'shop/web:1'),
		];
		const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs}));
		expect(keptNamed(plan, 'shop/web:1').why).toBe('used by c (running), a (exited), b (exited) and 2 more');
	});

	test('only by a stopped container that goes too go after it, with a caution', () => {
		const containers = [container('web_1', 'shop/web:1')];
		const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs, stoppedForMs: 7 * dayMs}));
		expect(goingIn(plan)).toEqual(['web_1', 'shop/web:1']);
		expect(itemNamed(plan, 'shop/web:1').cautions).toEqual([
			'a stopped container was made from it and goes first: used by web_1 (exited)',
		]);
	});

	test('by a stopped container that goes and a running one stay, and only the stopped container goes', () => {
		const containers = [container('old', 'shop/web:1'), container('web_1', 'shop/web:1', {state: 'running'})];
		const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs, stoppedForMs: 7 * dayMs}));
		expect(goingIn(plan)).toEqual(['old']);
		expect(keptNamed(plan, 'shop/web:1').why).toBe('used by web_1 (running)');
	});

	test('by a container whose image id the engine writes otherwise stay by the name it was made from', () => {
		const containers = [container('web_1', 'docker.io/shop/web:1', {imageId: 'sha256:0123'})];
		const plan = planPrune(inputOf({images, containers}, {olderThanMs: dayMs}));
		expect(keptNamed(plan, 'shop/web:1').reason).toBe('in-use');
	});

	test('stay when the containers could not be read, whatever else is known', () => {
		const usage = usageOf({images: [...images, unnamed('left-over')]}, {containers: unreadable('no answer in 60 s')});
		const plan = planPrune(inputOf({}, {dangling: true, olderThanMs: dayMs, stoppedForMs: 0}, {usage}));
		expect(plan.items).toEqual([]);
		expect(plan.kept.map(({reason}) => reason)).toEqual(['unchecked', 'unchecked']);
		expect(plan.unread).toEqual([{part: 'containers', reason: 'no answer in 60 s'}]);
	});

	test('are not planned at all when the images could not be read', () => {
		const usage = usageOf({}, {images: unreadable('no answer in 60 s')});
		const plan = planPrune(inputOf({}, {}, {usage}));
		expect(plan).toMatchObject({items: [], kept: [], unread: [{part: 'images', reason: 'no answer in 60 s'}]});
	});
});

describe('images that somebody refers to', () => {
	const images = [image('shop/web:1')];

	test('by a swarm service stay, though no container of it is here', () => {
		const referrers = [{kind: 'swarm-service', name: 'web', reference: `shop/web:1@sha256:${'d'.repeat(64)}`}] as const;
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs}, {referrers}));
		expect(keptNamed(plan, 'shop/web:1')).toMatchObject({reason: 'in-use', why: 'wanted by the swarm service web'});
	});

	test('by a compose project are called out', () => {
		const referrers = [{kind: 'compose-project', name: 'shop', reference: 'shop/web:1'}] as const;
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs}, {referrers}));
		expect(itemNamed(plan, 'shop/web:1').cautions).toEqual(['the compose project shop refers to it']);
	});
});

describe('images that only this host has', () => {
	test('are called out, since no registry is known to hold them', () => {
		const plan = planPrune(inputOf({images: [image('built:1', {digests: []})]}, {olderThanMs: dayMs}));
		expect(itemNamed(plan, 'built:1').cautions).toEqual(['cannot be pulled again: no registry is known to hold it']);
	});

	test('cannot be told from others where the engine gives every image a digest, which is said', () => {
		const plan = planPrune(inputOf({images: [image('a:1')]}, {olderThanMs: dayMs}, {hasContainerdStore: true}));
		expect(itemNamed(plan, 'a:1').cautions).toEqual([
			'perhaps cannot be pulled again: this engine gives images built here a digest too',
		]);
	});
});

describe('images that others were built on', () => {
	const base = image('base:1', {tags: [], digests: []});
	const middle = image('middle:1', {tags: [], digests: [], parentId: base.id});

	test('stay with what was built on them', () => {
		const top = image('shop/web:1', {parentId: middle.id});
		const plan = planPrune(inputOf({images: [base, middle, top]}));
		expect(plan.items).toEqual([]);
		expect(plan.kept.map(({reason}) => reason)).toEqual(['parent-of-kept', 'parent-of-kept', 'not-selected']);
		expect(plan.kept[1]?.why).toBe('shop/web:1, which stays, was built on it');
	});

	test('go after what was built on them', () => {
		const top = image('shop/web:1', {parentId: middle.id});
		const plan = planPrune(inputOf({images: [base, middle, top]}, {olderThanMs: dayMs}));
		expect(plan.items.map(({id}) => id)).toEqual([top.id, middle.id, base.id]);
	});

	test('are planned from a host that claims they descend from each other', () => {
		const one = image('one:1', {parentId: idOf('two:1')});
		const two = image('two:1', {parentId: idOf('one:1')});
		const plan = planPrune(inputOf({images: [one, two]}, {olderThanMs: dayMs}));
		expect([...goingIn(plan)].sort()).toEqual(['one:1', 'two:1']);
	});

	test('are planned from a host that claims a line of 20,000 of them', () => {
		const images = Array.from({length: 20_000}, (_, index) =>
			image(`i${index}`, {id: `sha256:${index}`, parentId: index === 0 ? null : `sha256:${index - 1}`}),
		);
		const plan = planPrune(inputOf({images}, {olderThanMs: dayMs}));
		expect(plan.items.map(({id}) => id).slice(0, 2)).toEqual(['sha256:19999', 'sha256:19998']);
		expect(plan.items).toHaveLength(20_000);
	});
});
