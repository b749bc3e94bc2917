/** Linux distributions and engine releases as met in the field; versions and API numbers from their release notes. */
import type {DemoDistribution, DemoEngineRelease} from './host-plan.ts';

export const debian12: DemoDistribution = {
	id: 'debian',
	name: 'Debian GNU/Linux',
	versionId: '12',
	prettyName: 'Debian GNU/Linux 12 (bookworm)',
	kernelRelease: '6.1.0-37-amd64',
	kernelBuild: '(debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)',
};

export const debian8: DemoDistribution = {
	id: 'debian',
	name: 'Debian GNU/Linux',
	versionId: '8',
	prettyName: 'Debian GNU/Linux 8 (jessie)',
	kernelRelease: '3.16.0-4-amd64',
	kernelBuild: '(debian-kernel@lists.debian.org) #1 SMP Debian 3.16.7-ckt25-2 (2016-04-08)',
};

export const ubuntu2404: DemoDistribution = {
	id: 'ubuntu',
	name: 'Ubuntu',
	versionId: '24.04',
	prettyName: 'Ubuntu 24.04.2 LTS',
	kernelRelease: '6.8.0-60-generic',
	kernelBuild: '(buildd@lcy02-amd64-098) #63-Ubuntu SMP PREEMPT_DYNAMIC Tue Apr 15 19:04:15 UTC 2025',
};

export const ubuntu2204: DemoDistribution = {
	id: 'ubuntu',
	name: 'Ubuntu',
	versionId: '22.04',
	prettyName: 'Ubuntu 22.04.5 LTS',
	kernelRelease: '5.15.0-140-generic',
	kernelBuild: '(buildd@lcy02-amd64-030) #150-Ubuntu SMP Sat Apr 12 06:00:09 UTC 2025',
};

export const rocky9: DemoDistribution = {
	id: 'rocky',
	name: 'Rocky Linux',
	versionId: '9.6',
	prettyName: 'Rocky Linux 9.6 (Blue Onyx)',
	kernelRelease: '5.14.0-570.17.1.el9_6.x86_64',
	kernelBuild: '(mockbuild@iad1-prod-build001) #1 SMP PREEMPT_DYNAMIC Fri May 23 22:47:01 UTC 2025',
};

export const centos7: DemoDistribution = {
	id: 'centos',
	name: 'CentOS Linux',
	versionId: '7',
	prettyName: 'CentOS Linux 7 (Core)',
	kernelRelease: '3.10.0-1160.119.1.el7.x86_64',
	kernelBuild: '(mockbuild@kbuilder.bsys.centos.org) #1 SMP Tue Jun 4 14:43:51 UTC 2024',
};

export const alpine321: DemoDistribution = {
	id: 'alpine',
	name: 'Alpine Linux',
	versionId: '3.21.3',
	prettyName: 'Alpine Linux v3.21',
	kernelRelease: '6.12.31-0-lts',
	kernelBuild: '(buildozer@build-3-21-x86_64) #1-Alpine SMP PREEMPT_DYNAMIC 2025-05-29 13:06:44',
};

export const engine1126 = release('1.12.6', '1.24', null, 'go1.6.4', '2017-01-10T20:20:01');
export const engine1903 = release('19.03.15', '1.40', '1.12', 'go1.13.15', '2021-01-30T03:15:30');
export const engine2010 = release('20.10.24', '1.41', '1.12', 'go1.19.7', '2023-04-04T18:17:21');
export const engine230 = release('23.0.6', '1.42', '1.12', 'go1.19.9', '2023-05-05T21:18:13');
export const engine240 = release('24.0.9', '1.43', '1.12', 'go1.20.13', '2024-01-31T22:39:23');
export const engine265 = release('26.1.5', '1.45', '1.24', 'go1.21.13', '2024-07-23T19:48:01');
export const engine275 = release('27.5.1', '1.47', '1.24', 'go1.22.11', '2025-01-22T13:41:48');
export const engine283 = release('28.3.2', '1.51', '1.24', 'go1.24.5', '2025-07-09T16:13:45');
export const engine291 = release('29.1.3', '1.52', '1.44', 'go1.25.5', '2025-12-12T14:49:37');

function release(
	version: string,
	apiVersion: string,
	minApiVersion: string | null,
	goVersion: string,
	buildTime: string,
): DemoEngineRelease {
	return {version, apiVersion, minApiVersion, goVersion, buildTime: `${buildTime}.000000000+00:00`};
}
