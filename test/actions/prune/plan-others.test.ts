import {describe, expect, test} from 'vitest';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {
	cacheEntry,
	container,
	dayMs,
	daysAgo,
	goingIn,
	image,
	inputOf,
	itemNamed,
	keptNamed,
	megabyte,
	unreadable,
	usageOf,
	volume,
} from './sample-input.ts';

describe('containers', () => {
	test('that stopped long enough ago go, and say since when', () => {
		const containers = [
			container('old', 'a:1', {finishedAt: daysAgo(12)}),
			container('young', 'a:1', {finishedAt: daysAgo(2)}),
		];
		const plan = planPrune(inputOf({containers}, {stoppedForMs: 7 * dayMs}));
		expect(itemNamed(plan, 'old')).toMatchObject({
			why: 'stopped 12 d ago, at least 7 d',
			age: {kind: 'stopped', at: daysAgo(12)},
			calls: ['DELETE /containers/id-of-old?force=0&v=0'],
		});
		expect(keptNamed(plan, 'young')).toMatchObject({reason: 'too-young', why: 'stopped 2 d ago, less than 7 d'});
	});

	test('that stopped exactly that long ago go', () => {
		const containers = [container('old', 'a:1', {finishedAt: daysAgo(7)})];
		expect(goingIn(planPrune(inputOf({containers}, {stoppedForMs: 7 * dayMs})))).toEqual(['old']);
	});

	test('that never started are as old as they are', () => {
		const containers = [container('never', 'a:1', {state: 'created', createdAt: daysAgo(60)})];
		const plan = planPrune(inputOf({containers}, {stoppedForMs: 7 * dayMs}));
		expect(itemNamed(plan, 'never').why).toBe('made 60 d ago and never started, at least 7 d');
	});

	test.each(['running', 'paused', 'restarting', 'removing'])('that are %s stay', (state) => {
		const containers = [container('web_1', 'a:1', {state, finishedAt: daysAgo(90)})];
		const plan = planPrune(inputOf({containers}, {stoppedForMs: 0}));
		expect(keptNamed(plan, 'web_1').reason).toBe('in-use');
	});

	test('in a state nobody knows, or without a time they stopped, stay', () => {
		const containers = [
			container('odd', 'a:1', {state: 'unknown'}),
			container('timeless', 'a:1', {finishedAt: null}),
			container('zero', 'a:1', {finishedAt: -62_135_596_800_000}),
		];
		const plan = planPrune(inputOf({containers}, {stoppedForMs: 0}));
		expect(plan.kept.map(({names, reason}) => [names[0], reason])).toEqual([
			['odd', 'unchecked'],
			['timeless', 'unknown-age'],
			['zero', 'unknown-age'],
		]);
	});

	test('that a compose project, a service or a policy would want back are called out', () => {
		const labels = {'com.docker.compose.project': 'shop'};
		const containers = [container('web_1', 'a:1', {labels, restartPolicy: 'always', writableBytes: 12 * megabyte})];
		const plan = planPrune(inputOf({containers}, {stoppedForMs: 0}));
		expect(itemNamed(plan, 'web_1').cautions).toEqual([
			'part of the compose project shop',
			'has the restart policy always: it was meant to run',
			'12 MB that it wrote go with it, and its log',
		]);
	});

	test('free what they wrote and their log', () => {
		const containers = [container('web_1', 'a:1', {writableBytes: 12 * megabyte})];
		const images = [image('a:1')];
		const logFiles = [{containerId: 'id-of-web_1', path: '/var/lib/docker/a.log', bytes: 5 * megabyte}];
		const plan = planPrune(inputOf({images, containers, logFiles}, {stoppedForMs: 0}));
		expect(plan.reclaim).toEqual({minBytes: 17 * megabyte, maxBytes: 17 * megabyte});
	});

	test('of unknown size are said to be, not counted as nothing', () => {
		const containers = [container('web_1', 'a:1', {writableBytes: null})];
		const usage = usageOf({images: [image('a:1')], containers}, {logFiles: unreadable('not permitted')});
		expect(planPrune(inputOf({}, {stoppedForMs: 0}, {usage})).advice).toEqual([
			'Of unknown size, so that more may be freed than said: web_1.',
			'The logs of the containers go with them; their sizes were not read, so more may be freed than said.',
		]);
	});
});

describe('volumes', () => {
	test('go only by their exact name', () => {
		const volumes = [volume('data'), volume('data2')];
		const plan = planPrune(inputOf({volumes}, {volumes: ['data', 'dat*', 'lost']}));
		expect(goingIn(plan)).toEqual(['data']);
		expect(itemNamed(plan, 'data').cautions).toEqual(['its data, 7.0 MB, cannot be brought back']);
		expect(keptNamed(plan, 'data2').reason).toBe('not-selected');
		expect(plan.advice).toEqual([
			'There is no volume named dat* on this host.',
			'There is no volume named lost on this host.',
		]);
	});

	test('stay while any container mounts them, even one that goes', () => {
		const containers = [container('db_1', 'a:1', {volumes: ['data']})];
		const plan = planPrune(inputOf({containers, volumes: [volume('data')]}, {volumes: ['data'], stoppedForMs: 0}));
		expect(goingIn(plan)).toEqual(['db_1']);
		expect(keptNamed(plan, 'data')).toMatchObject({reason: 'in-use', why: 'used by db_1 (exited)'});
	});

	test('stay when the engine counts users that no container explains', () => {
		const plan = planPrune(inputOf({volumes: [volume('data', {references: 2})]}, {volumes: ['data']}));
		expect(keptNamed(plan, 'data').why).toBe('the engine counts 2 that mount it');
	});

	test('of an engine that does not count go when no container mounts them', () => {
		const plan = planPrune(inputOf({volumes: [volume('data', {references: null})]}, {volumes: ['data']}));
		expect(goingIn(plan)).toEqual(['data']);
	});

	test('stay when the containers could not be read', () => {
		const usage = usageOf({volumes: [volume('data')]}, {containers: unreadable('no answer')});
		expect(keptNamed(planPrune(inputOf({}, {volumes: ['data']}, {usage})), 'data').reason).toBe('unchecked');
	});

	test('that are protected stay though they were named', () => {
		const plan = planPrune(inputOf({volumes: [volume('data')]}, {volumes: ['data'], protect: ['dat?']}));
		expect(keptNamed(plan, 'data')).toMatchObject({reason: 'protected', why: 'protected by dat?'});
	});

	test('of another driver may lie on another machine', () => {
		const plan = planPrune(inputOf({volumes: [volume('data', {driver: 'nfs'})]}, {volumes: ['data']}));
		expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 7 * megabyte});
		expect(itemNamed(plan, 'data').cautions[1]).toBe('kept by the volume driver nfs, perhaps on another machine');
	});
});

describe('build cache', () => {
	test('goes by last use, children before their parents', () => {
		const buildCache = [
			cacheEntry('parent'),
			cacheEntry('child', {parentIds: ['parent']}),
			cacheEntry('fresh', {lastUsedAt: daysAgo(1)}),
			cacheEntry('never-again', {lastUsedAt: null, createdAt: daysAgo(50)}),
		];
		const plan = planPrune(inputOf({buildCache}, {buildCache: true, unusedForMs: 14 * dayMs}));
		expect(plan.items.map(({id}) => id)).toEqual(['never-again', 'child', 'parent']);
		expect(plan.items.map(({why}) => why)).toEqual([
			'no build uses it, made 50 d ago',
			'no build uses it, last used 20 d ago',
			'no build uses it, last used 20 d ago',
		]);
		expect(keptNamed(plan, 'fresh').why).toBe('last used 24 h ago, less than 14 d');
		expect(plan.reclaim).toEqual({minBytes: 30 * megabyte, maxBytes: 30 * megabyte});
	});

	test('that a build uses stays, and so does what it was built on', () => {
		const buildCache = [cacheEntry('parent'), cacheEntry('child', {parentIds: ['parent'], inUse: true})];
		const plan = planPrune(inputOf({buildCache}, {buildCache: true}));
		expect(plan.kept.map(({reason}) => reason)).toEqual(['parent-of-kept', 'in-use']);
	});

	test('is planned even when the containers could not be read', () => {
		const usage = usageOf({buildCache: [cacheEntry('one')]}, {containers: unreadable('no answer')});
		expect(planPrune(inputOf({}, {buildCache: true}, {usage})).items).toHaveLength(1);
	});

	test('that images share frees nothing for certain', () => {
		const plan = planPrune(inputOf({buildCache: [cacheEntry('one', {isShared: true})]}, {buildCache: true}));
		expect(plan.reclaim).toEqual({minBytes: 0, maxBytes: 10 * megabyte});
	});

	test('without a time is of unknown age when ages count, and goes when they do not', () => {
		const buildCache = [cacheEntry('one', {createdAt: null, lastUsedAt: null})];
		const aged = planPrune(inputOf({buildCache}, {buildCache: true, unusedForMs: dayMs}));
		expect(keptNamed(aged, 'one').reason).toBe('unknown-age');
		expect(planPrune(inputOf({buildCache}, {buildCache: true})).items).toHaveLength(1);
	});
});

describe('log files', () => {
	const logFiles = [
		{containerId: 'id-of-web_1', path: '/var/lib/docker/containers/1/1-json.log', bytes: 12_000 * megabyte},
		{containerId: 'id-of-api_1', path: '/var/lib/docker/containers/2/2-json.log', bytes: 3 * megabyte},
	];

	test('are only reported, the large ones, with what to do', () => {
		const containers = [container('web_1', 'a:1', {state: 'running'})];
		const plan = planPrune(inputOf({containers, logFiles}, {logs: true}));
		expect(plan.items).toEqual([]);
		expect(plan.advice[0]).toBe('The log of web_1 takes 12 GB: /var/lib/docker/containers/1/1-json.log');
		expect(plan.advice[1]).toContain('docker run --log-opt max-size=10m');
		expect(plan.advice[2]).toContain('"log-driver": "local"');
		expect(plan.advice).toHaveLength(3);
	});

	test('are not spoken of when nobody asked', () => {
		expect(planPrune(inputOf({logFiles})).advice).toEqual([]);
	});

	test('that could not be read are listed as unread', () => {
		const usage = usageOf({}, {logFiles: unreadable('sudo is needed')});
		expect(planPrune(inputOf({}, {logs: true}, {usage})).unread).toEqual([
			{part: 'log files', reason: 'sudo is needed'},
		]);
	});
});
