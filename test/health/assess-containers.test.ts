import {describe, expect, it} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
import {readKernelFixture} from './kernel-lines.ts';
import {healthyInput, now, ok, sampleContainer, sampleEngine, withReadings} from './sample-host.ts';
import {minuteMs, summarise, containers, troubles} from './troubles.ts';
import {analyse} from './kernel/analyse.ts';

describe('a container', () => {
	const died = (...minutesAgo: readonly number[]) => minutesAgo.map((minutes) => now - minutes * minuteMs);

	it('that died three times in ten minutes restarts in a loop; older deaths do not count', () => {
		expect(summarise(containers({recentDeaths: died(9, 5, 1)}))).toEqual(['warning container-restarting']);
		expect(summarise(containers({recentDeaths: died(30, 20, 11, 5, 1)}))).toEqual([]);
		expect(assessHost(containers({recentDeaths: died(9, 5, 1)}))[0]).toMatchObject({
			count: 3,
			since: now - 9 * minuteMs,
		});
	});

	it('with a name for a shell is quoted in the command to type', () => {
		expect(assessHost(containers({name: 'a b', health: 'unhealthy'}))[0]?.advice).toContain(
			"docker logs --tail 50 'a b'",
		);
	});

	it('of Podman is looked at with podman', () => {
		const input = withReadings({
			engine: ok(sampleEngine({product: 'podman', driver: 'overlay', version: '4.9.4'})),
			containers: ok([sampleContainer({health: 'unhealthy'})]),
		});
		expect(summarise(input)).toEqual(['warning container-unhealthy']);
		expect(assessHost(input)[0]?.advice).toContain('podman logs');
	});

	it('among dozens of sick ones does not make dozens of findings', () => {
		const findings = assessHost(troubles['many sick containers']!);
		expect(findings).toHaveLength(21);
		expect(findings.find(({subject}) => subject === '')).toMatchObject({
			count: 30,
			summary: '30 more containers are the same: unhealthy',
		});
	});

	it('killed at its memory limit is named, and its host is only warned of', () => {
		const incidents = analyse(readKernelFixture('container-oom'));
		const findings = assessHost(healthyInput({incidents, now}));
		expect(findings.map(({severity, subject}) => [severity, subject])).toEqual([
			['warning', '9a8b77c1d2e3'],
			['warning', 'shop'],
		]);
	});
});
