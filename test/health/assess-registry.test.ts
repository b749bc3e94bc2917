import {describe, expect, it} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
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

	it('is told from its container, whatever that is called', () => {
		const disk = sampleFilesystem({usedBytes: 88 * GB, availableBytes: 12 * GB, roles: ['engine-root']});
		const containers = ok([sampleContainer({name: 'registry', image: 'registry:2'})]);
		const findings = assessHost(withReadings({containers, filesystems: ok([disk])}));
		expect(findings.map(({summary}) => summary)).toContain('registry (container registry) on a disk 88 % full');
	});

	it.each(['registry-ui:1', 'registry.example.com/shop:2', 'registry:5000/shop', 'schema-registry'])(
		'is not seen in %s',
		(image) => {
			expect(onDisk(image, 80)).toEqual([]);
		},
	);
});
