import {describe, expect, it} from 'vitest';
import type {Container} from '../../source/model/readings.ts';
import {GB, ok, sampleContainer, sampleFilesystem, withReadings} from './sample-host.ts';
import {summarise} from './troubles.ts';

describe('a registry', () => {
	const onDisk = (image: string, percent: number, state: Container['state'] = 'running') =>
		summarise(
			withReadings({
				containers: ok([sampleContainer({name: 'reg', image, state})]),
				filesystems: ok([
					sampleFilesystem({roles: ['engine-root'], usedBytes: percent * GB, availableBytes: (100 - percent) * GB}),
				]),
			}),
		);

	it.each([
		'registry:2',
		'registry',
		'docker.io/library/registry:2.8.3',
		'localhost:5000/registry@sha256:00ff',
		'ghcr.io/distribution/distribution:3',
	])('%s on a disk three quarters full is pointed out', (image) => {
		expect(onDisk(image, 75)).toEqual(['warning registry-growing']);
		expect(onDisk(image, 74)).toEqual([]);
		expect(onDisk(image, 80, 'exited')).toEqual([]);
	});

	it.each(['registry-ui:1', 'registry.example.com/shop:2', 'registry:5000/shop', 'schema-registry'])(
		'is not seen in %s',
		(image) => {
			expect(onDisk(image, 80)).toEqual([]);
		},
	);
});
