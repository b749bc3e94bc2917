import {describe, expect, test} from 'vitest';
import {createFakeHost, createMemoryAudit, runPlan} from './fake-host.ts';
import {container, dayMs, idOf, image, megabyte, volume} from './sample-input.ts';

const old = {unusedForMs: 30 * dayMs};
const three = () => createFakeHost({images: [image('a:1'), image('b:1'), image('c:1')]});

describe('a confirmed plan', () => {
	test('removes exactly its objects, by id, in their order, and says what came free', async () => {
		const used = image('used:1');
		const host = createFakeHost({
			images: [image('a:1', {tags: ['a:1', 'a:2']}), used],
			containers: [container('up', used, {state: 'running'}), container('old', 'gone:1', {writableBytes: megabyte})],
			volumes: [volume('data'), volume('other')],
		});
		const plan = host.plan({...old, stoppedForMs: 7 * dayMs, volumes: ['data']});
		const {result, outcomes} = await runPlan(host, plan);
		expect(outcomes).toEqual({old: 'removed', 'a:1': 'removed', data: 'removed'});
		expect(host.asked).toEqual([
			'DELETE /containers/id-of-old?force=0&v=0',
			'DELETE /images/a:2?force=0&noprune=1',
			`DELETE /images/${idOf('a:1')}?force=0&noprune=1`,
			'DELETE /volumes/data?force=0',
		]);
		expect(result).toMatchObject({verification: 'verified', stopped: null, freedBytes: 108 * megabyte});
		expect([...host.images.values()]).toEqual([used]);
		expect([...host.volumes.keys()]).toEqual(['other']);
	});

	test('keeps an image that a container was started from meanwhile, and names the container', async () => {
		const host = three();
		const plan = host.plan(old);
		host.containers.set('new', container('web_9', 'b:1', {state: 'running'}));
		const {outcomes} = await runPlan(host, plan);
		expect(outcomes).toEqual({'a:1': 'removed', 'b:1': 'in-use: started since: web_9', 'c:1': 'removed'});
		expect(host.asked.join(' ')).not.toContain(idOf('b:1'));
	});

	test('keeps an image that got a name meanwhile, and never takes a name that moved to another image', async () => {
		const host = createFakeHost({images: [image('a:1', {tags: ['a:1', 'a:stable']}), image('b:1')]});
		const plan = host.plan(old);
		host.images.set(idOf('a:1'), image('a:1'));
		host.images.set(idOf('new'), image('new', {tags: ['a:stable']}));
		host.images.set(idOf('b:1'), image('b:1', {tags: ['b:1', 'b:rollback']}));
		const {outcomes} = await runPlan(host, plan);
		expect(outcomes).toEqual({'a:1': 'removed', 'b:1': 'in-use: named since: b:rollback'});
		expect(host.images.get(idOf('new'))?.tags).toEqual(['a:stable']);
	});

	test('keeps the image of a container that could not be removed', async () => {
		const host = createFakeHost({images: [image('a:1')], containers: [container('job', 'a:1')]});
		const plan = host.plan({...old, stoppedForMs: 7 * dayMs});
		host.intercept = (call) => (call.includes('containers') ? {kind: 'in-use', detail: 'it runs again'} : null);
		const {outcomes} = await runPlan(host, plan);
		expect(outcomes).toEqual({job: 'in-use: it runs again', 'a:1': 'in-use: still used by job'});
	});

	test('takes what is gone already for gone', async () => {
		const host = three();
		const plan = host.plan(old);
		host.images.delete(idOf('b:1'));
		const {outcomes, result} = await runPlan(host, plan);
		expect(outcomes['b:1']).toBe('gone');
		expect(result.verification).toBe('verified');
	});

	test('says so when an object that was removed is listed again', async () => {
		const host = three();
		const plan = host.plan(old);
		host.intercept = (call) => (call.includes(idOf('b:1')) ? {kind: 'removed', freedBytes: null, detail: ''} : null);
		host.operator.readFilesystem = () => Promise.resolve(null);
		expect((await runPlan(host, plan)).result).toMatchObject({verification: 'differs', freedBytes: null});
	});
});

describe('a reply that is lost', () => {
	const lose = {kind: 'unknown', detail: 'no answer came'} as const;

	test('is looked after once: an object that went counts as removed, and the run goes on', async () => {
		const host = three();
		const plan = host.plan(old);
		host.intercept = (call) => {
			if (!call.includes(idOf('b:1'))) return null;
			host.images.delete(idOf('b:1'));
			host.usedBytes -= 100 * megabyte;
			return lose;
		};
		const {outcomes} = await runPlan(host, plan);
		expect(outcomes).toEqual({'a:1': 'removed', 'b:1': 'removed', 'c:1': 'removed'});
		expect(host.asked).toHaveLength(3);
	});

	test('with the object still there is unknown, and the rest is not attempted', async () => {
		const host = three();
		const plan = host.plan(old);
		host.intercept = (call) => (call.includes(idOf('b:1')) ? lose : null);
		const {outcomes, result} = await runPlan(host, plan);
		expect(outcomes['b:1']).toBe('unknown: no answer came; it was still there right after');
		expect(outcomes['c:1']).toMatch(/^not-attempted: /);
		expect(result.verification).toBe('unverified');
	});

	test('of an engine that went down is unknown, the rest is not attempted, and the audit has all of it', async () => {
		const host = three();
		const plan = host.plan(old);
		host.intercept = (call) => {
			host.isDown = call.includes(idOf('b:1'));
			return host.isDown ? lose : null;
		};
		const {outcomes, result, audit} = await runPlan(host, plan);
		expect(outcomes).toMatchObject({'a:1': 'removed', 'b:1': 'unknown: no answer came; it could not be looked for'});
		expect(outcomes['c:1']).toMatch(/^not-attempted: /);
		expect(result.verification).toBe('unverified');
		expect(result.advice.join()).toContain('sickbay doctor web-07');
		expect(audit.entries.map(({event, outcome}) => [event, outcome])).toEqual([
			['planned', null],
			['confirmed', null],
			['started', null],
			['step-started', null],
			['step-ended', 'removed'],
			['step-started', null],
			['step-ended', 'unknown'],
			['ended', '1 removed; 1 unknown; 1 not attempted'],
		]);
	});
});

describe('on a full disk', () => {
	test('what an engine can remove without writing goes first, and the rest has one more turn', async () => {
		const host = createFakeHost({
			images: [image('a:1', {sizeBytes: 900 * megabyte}), image('none', {tags: [], digests: []})],
			volumes: [volume('data')],
		});
		const plan = host.plan({...old, dangling: true, volumes: ['data']});
		const order = plan.items.map(({names}) => names[0] ?? 'none');
		let isFull = true;
		host.intercept = (call) => {
			if (call.includes('volumes')) isFull = false;
			return isFull && call.includes('images')
				? {kind: 'failed', detail: 'no space left on device', noSpace: true}
				: null;
		};
		const {outcomes, result} = await runPlan(host, plan);
		expect(order).toEqual(['none', 'a:1', 'data']);
		expect(new Set(Object.values(outcomes))).toEqual(new Set(['removed']));
		expect(host.asked[1]).toContain('volumes');
		expect(result.advice.join()).toContain('journalctl --vacuum-size=100M');
	});

	test('that stays full each object fails after two turns', async () => {
		const host = three();
		const plan = host.plan(old);
		host.intercept = () => ({kind: 'failed', detail: 'no space left on device', noSpace: true});
		const {outcomes} = await runPlan(host, plan);
		expect(Object.values(outcomes)).toEqual(Array(3).fill('failed: no space left on device'));
		expect(host.asked.length).toBeLessThanOrEqual(6);
	});
});

describe('a person who cancels', () => {
	test('gets the object under way finished and the rest left alone', async () => {
		const host = three();
		const plan = host.plan(old);
		const stop = new AbortController();
		host.intercept = () => {
			stop.abort();
			return null;
		};
		const {outcomes, audit} = await runPlan(host, plan, {signal: stop.signal});
		expect(Object.values(outcomes)).toEqual(['removed', 'not-attempted: cancelled', 'not-attempted: cancelled']);
		expect(audit.entries.at(-1)).toMatchObject({event: 'cancelled', detail: 'cancelled'});
	});
});

describe('an audit that cannot be written', () => {
	test('keeps everything from being removed', async () => {
		const host = three();
		const audit = createMemoryAudit();
		audit.room = 2;
		const {result} = await runPlan(host, host.plan(old), {audit});
		expect(host.asked).toEqual([]);
		expect(result.stopped).toMatch(/^the audit could not be written: ENOSPC/);
		expect([...result.outcomes.values()].map(({kind}) => kind)).toEqual(Array(3).fill('not-attempted'));
	});

	test('in the middle ends the run before the next object', async () => {
		const host = three();
		const audit = createMemoryAudit();
		audit.room = 5;
		const {outcomes} = await runPlan(host, host.plan(old), {audit});
		expect(Object.values(outcomes)[0]).toBe('removed');
		expect(host.asked).toHaveLength(1);
	});
});

test('progress tells each object and ends with the result', async () => {
	const host = three();
	const {progress, result} = await runPlan(host, host.plan(old));
	expect(progress.map(({kind}) => kind)).toEqual([
		'started',
		...Array.from({length: 3}, () => ['item-started', 'item-ended']).flat(),
		'verifying',
		'ended',
	]);
	expect(progress.at(-1)).toMatchObject({result});
	expect(progress.filter(({kind}) => kind === 'item-ended').at(-1)).toMatchObject({done: 3, of: 3});
});
