import {describe, expect, test} from 'vitest';
import {parseLogFiles} from '../../source/collectors/log-files.ts';
import {parseLayerDirectories, parseRootDirectories} from '../../source/collectors/root-directories.ts';

const id = (letter: string): string => letter.repeat(64);
const folder = '/var/lib/docker/containers';

describe('log files', () => {
	test('of one container are one log, named by the file that is written to; the largest log comes first', () => {
		expect(
			parseLogFiles([
				`10 ${folder}/${id('a')}/${id('a')}-json.log.2.gz`,
				`200 ${folder}/${id('a')}/${id('a')}-json.log`,
				`90 ${folder}/${id('a')}/${id('a')}-json.log.1`,
				`5000 ${folder}/${id('b')}/local-logs/container.log`,
				'17 /somewhere/else/x-json.log',
				'not a line',
			]),
		).toEqual([
			{containerId: id('b'), path: `${folder}/${id('b')}/local-logs/container.log`, bytes: 5000},
			{containerId: id('a'), path: `${folder}/${id('a')}/${id('a')}-json.log`, bytes: 300},
		]);
	});
});

describe('the directories of a root', () => {
	const listed = ['dir /root/overlay2', 'dir /root/volumes', 'dir /root/image', 'du'];

	test('that could not all be measured in time leave the rest, and the whole, unknown', () => {
		const answer = {lines: [...listed, '40\t/root/image', '900\t/root/volumes'], isPartial: true};
		expect(parseRootDirectories(answer, '/root')).toEqual({
			path: '/root',
			bytes: null,
			directories: [
				{name: 'volumes', path: '/root/volumes', bytes: 900 * 1024},
				{name: 'image', path: '/root/image', bytes: 40 * 1024},
				{name: 'overlay2', path: '/root/overlay2', bytes: null},
			],
		});
	});

	test('of subvolumes have bytes that du does not see', () => {
		const answer = {lines: ['dir /root/btrfs', 'du', '8\t/root/btrfs', '12\t/root'], isPartial: false};
		expect(parseRootDirectories(answer, '/root')).toMatchObject({
			bytes: null,
			directories: [{name: 'btrfs', bytes: null}],
		});
	});

	test('a name with control characters is cleaned, and measured all the same', () => {
		const name = '/root/\u001B[31mred';
		const answer = {lines: [`dir ${name}`, 'du', `4\t${name}`, '8\t/root'], isPartial: false};
		expect(parseRootDirectories(answer, '/root')).toMatchObject({
			bytes: 8192,
			directories: [{name: 'red', bytes: 4096}],
		});
	});
});

test('layer directories that no image, container or build refers to are counted', () => {
	const layers = ['a', 'b', 'c', 'd', 'e'].map((letter) => `dir /root/overlay2/${id(letter)}`);
	const database = '/root/image/overlay2/layerdb';
	const lines = [
		...layers,
		`dir /root/overlay2/${id('c')}-init`,
		`dir /root/overlay2/${id('f')}-init`,
		'dir /root/overlay2/l',
		'dir /root/overlay2/9osfhalynshp3zmjmmhvixubj',
		`${database}/sha256/${id('1')}/cache-id:${id('a')}`,
		`${database}/sha256/${id('2')}/cache-id:9osfhalynshp3zmjmmhvixubj`,
		`${database}/mounts/${id('3')}/mount-id:${id('c')}`,
		`${database}/mounts/${id('3')}/init-id:${id('c')}-init`,
	];
	expect(parseLayerDirectories({lines, isPartial: false})).toEqual({present: 8, unreferenced: 4});
});
