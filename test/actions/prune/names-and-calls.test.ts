import {describe, expect, test} from 'vitest';
import {refersTo, repositoryOf} from '../../../source/model/image-names.ts';
import {lastUseOf} from '../../../source/model/last-use-of.ts';
import {protectingPattern} from '../../../source/actions/prune/protects.ts';
import {formatPruneCall, imageCalls, parsePruneCall} from '../../../source/actions/prune/prune-calls.ts';
import {withTimes} from '../../../source/actions/prune/with-times.ts';
import {valueOf} from '../../../source/model/reading.ts';
import {container, daysAgo, image, pendingImages, usageOf} from './sample-input.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('the calls for an image', () => {
	const id = `sha256:${'12'.repeat(32)}`;
	const targets = (tags: readonly string[], digests: readonly string[]) =>
		imageCalls({id, tags, digests}).map((line) => parsePruneCall(line)?.target);

	test.each([
		['without a name', [], [], [id]],
		['with one tag and its digest', ['a:1'], [`a@${digest}`], [id]],
		['with several tags of a repository', ['a:1', 'a:2', 'a:3'], [`a@${digest}`], ['a:2', 'a:3', id]],
		['in several repositories', ['a:1', 'lan:5000/b:1'], [], ['lan:5000/b:1', id]],
		['pulled by digest from a second repository', ['a:1'], [`b@${digest}`], [`b@${digest}`, id]],
		['known by digests only', [], [`a@${digest}`, `b@${digest}`], [`b@${digest}`, id]],
	])('%s take every other name off and end with the id', (_, tags, digests, expected) => {
		expect(targets(tags, digests)).toEqual(expected);
	});

	test('are read back as the very calls that were shown', () => {
		const calls = (['removeContainer', 'removeImage', 'removeVolume', 'removeBuildCache'] as const).map(
			(operation) => ({
				operation,
				target: 'lan:5000/a/b:1',
			}),
		);
		expect(calls.map(formatPruneCall).map(parsePruneCall)).toEqual(calls);
		expect(calls.map(formatPruneCall).join('\n')).not.toContain('force=1');
	});

	test.each(['', 'DELETE /images/?force=0&noprune=1', 'DELETE /images/a?force=1&noprune=1', 'POST /containers/prune'])(
		'are not read from %j',
		(line) => {
			expect(parsePruneCall(line)).toBeNull();
		},
	);
});

describe('protect patterns', () => {
	const web = {
		id: `sha256:${'c0ffee'.repeat(10)}abcd`,
		names: ['shop/web:1', `shop/web@${digest}`],
		labels: {keep: 'yes', 'com.shop.tier': 'Front'},
	};

	test.each([
		'shop/*',
		'shop/web',
		'shop/web:1',
		'shop/we?',
		'docker.io/shop/web',
		'SHOP/*',
		'*',
		digest,
		'sha256:abab*',
		'c0ffee',
		'sha256:c0ffeec0ffee',
		'label:keep',
		'label:keep=yes',
		'label:com.shop.*=front',
	])('%s protects it', (pattern) => {
		expect(protectingPattern(web, ['other', pattern])).toBe(pattern);
	});

	test.each([
		'',
		' ',
		's?',
		'shop',
		'web',
		'web:1',
		'shop/web:2',
		'c0ffe',
		'sha256',
		'label:',
		'label:kee',
		'label:keep=no',
	])('%j does not', (pattern) => {
		expect(protectingPattern(web, [pattern])).toBeNull();
	});

	test('made to take for ever do not', () => {
		const name = 'a'.repeat(300);
		expect(protectingPattern({id: 'x', names: [name], labels: {}}, [`${'*a'.repeat(100)}b`])).toBeNull();
	});

	test('know the short and the full name of official images', () => {
		const nginx = {id: 'x', names: ['nginx:1'], labels: {}};
		const podman = {id: 'x', names: ['docker.io/library/nginx:1'], labels: {}};
		expect(protectingPattern(nginx, ['docker.io/library/nginx'])).not.toBeNull();
		expect(protectingPattern(podman, ['nginx'])).not.toBeNull();
	});
});

describe('references', () => {
	test.each([
		['a', 'a'],
		['lan:5000/a', 'lan:5000/a'],
		['lan:5000/a:1', 'lan:5000/a'],
		[`a:1@${digest}`, 'a'],
	])('%s is of the repository %s', (reference, repository) => {
		expect(repositoryOf(reference)).toBe(repository);
	});

	test('mean an image by tag, implied tag, digest or id', () => {
		const nginx = image('nginx:latest', {digests: [`nginx@${digest}`]});
		const references = ['nginx', 'docker.io/library/nginx', `nginx:9@${digest}`, nginx.id, nginx.id.slice(7, 19)];
		expect(references.filter((reference) => refersTo(reference, nginx))).toEqual(references);
		const others = ['nginx:1', `other@${digest}`, `nginx@sha256:${'0'.repeat(64)}`, 'abcdefabcdef', ''];
		expect(others.filter((reference) => refersTo(reference, nginx))).toEqual([]);
	});
});

describe('the last use of an image', () => {
	test('is the newest moment known, and says which', () => {
		const web = image('web:1', {builtAt: daysAgo(90), taggedAt: daysAgo(80)});
		const stopped = container('a', web, {createdAt: daysAgo(70), finishedAt: daysAgo(10)});
		const running = container('b', web, {state: 'running', createdAt: daysAgo(5)});
		expect(lastUseOf(web, [])).toEqual({at: daysAgo(80), kind: 'tagged'});
		expect(lastUseOf({...web, taggedAt: null}, [])).toEqual({at: daysAgo(90), kind: 'built'});
		expect(lastUseOf(web, [stopped])).toEqual({at: daysAgo(10), kind: 'container-finished'});
		expect(lastUseOf(web, [stopped, running])).toEqual({at: daysAgo(5), kind: 'container-created'});
		expect(lastUseOf({...web, builtAt: null, taggedAt: -62_135_596_800_000}, [])).toBeNull();
	});
});

describe('times asked object by object', () => {
	test('end up with their objects, and what was not read stays unread', () => {
		const web = image('web:1');
		const usage = usageOf({images: [web], containers: [container('a', web, {finishedAt: null})]});
		const timed = withTimes(usage, new Map([['id-of-a', daysAgo(4)]]), new Map([[web.id, daysAgo(2)]]));
		expect(valueOf(timed.containers)?.[0]?.finishedAt).toBe(daysAgo(4));
		expect(valueOf(timed.images)?.[0]?.taggedAt).toBe(daysAgo(2));
		expect(withTimes({...usage, images: pendingImages}, new Map(), new Map()).images).toBe(pendingImages);
	});
});
