/** aufs, which never was part of Linux: what its ports to certain kernels are known for. */
import {usedRatio} from '../filesystem-usage.ts';
import {formatRatio} from '../../support/format.ts';
import type {StorageFacts} from './storage-facts.ts';
import {speaksIf, type StorageRule} from './storage-rule.ts';
import {isWithin, parseVersionRange} from './version-range.ts';

const panicking = parseVersionRange('>=3.13 <3.20');
const lockingUp = parseVersionRange('>=3.8 <3.9 || >=3.11 <3.12');
const linux4 = parseVersionRange('>=4 <5');
const fullRatio = 0.95;

const toOverlay2 = 'Upgrade to Linux 4.x or later and move to overlay2; until then keep spare instances elsewhere.';

export const aufsRules: readonly StorageRule[] = [
	{
		id: 'storage-driver-known-to-panic',
		drivers: ['aufs'],
		severity: 'critical',
		when: 'Linux 3.13 to 3.19 (Debian 8, Ubuntu 14.04 and its newer kernels)',
		applies: ({kernel}) => speaksIf(isWithin(kernel?.version, panicking)),
		summary: (facts) => `aufs on Linux ${shortKernel(facts)}: known to panic`,
		meaning:
			'aufs on Linux 3.13 to 3.19 dereferences null pointers under load: hosts with this pair crash every few days and may corrupt layers.',
		advice: `${toOverlay2} See moby#21081.`,
		source:
			'moby#21081, #19910, #29397, #30402, #13940, #14816; node-problem-detector config/kernel-monitor aufs entries',
	},
	{
		id: 'aufs-kernel-unsteady',
		drivers: ['aufs'],
		severity: 'warning',
		when: 'Linux 3.8 or 3.11',
		applies: ({kernel}) => speaksIf(isWithin(kernel?.version, lockingUp)),
		summary: (facts) => `aufs on Linux ${shortKernel(facts)}: known to lock up`,
		meaning: 'With this pair, processors were reported stuck in aufs until the host was restarted.',
		advice: toOverlay2,
		source: 'moby#3744',
	},
	{
		id: 'aufs-kernel-unsteady',
		drivers: ['aufs'],
		severity: 'warning',
		when: 'Ubuntu’s Linux 4.x',
		applies: ({kernel}) => speaksIf(kernel?.vendor === 'ubuntu' && isWithin(kernel.version, linux4)),
		summary: (facts) => `aufs on Ubuntu’s Linux ${shortKernel(facts)}: crashes reported`,
		meaning:
			'Programs that write a lot, databases first, made aufs follow a null pointer (au_write_pre) on these kernels.',
		advice:
			'Move to overlay2, which this kernel has: `docker save` what is only local, then "storage-driver": "overlay2".',
		source: 'microsoft/mssql-docker#284',
	},
	{
		id: 'aufs-on-full-disk',
		drivers: ['aufs'],
		severity: 'critical',
		when: 'the engine’s root is 95 % full or more',
		applies: ({engineRoot}) => {
			const ratio = engineRoot === null ? null : usedRatio(engineRoot);
			return ratio === null || ratio < fullRatio || engineRoot === null
				? null
				: [`${engineRoot.mountPoint}: ${formatRatio(ratio)} full`];
		},
		summary: 'aufs on a full disk: panics were reported',
		meaning: 'Where aufs can no longer write, not only containers fail: kernels were reported to panic.',
		advice:
			'Free space at once, smallest first: `docker container prune`, then `docker image prune`; then move to overlay2.',
		source: 'Tencent Kubernetes Engine manual, node faults; the ratio is our choice',
		subject: ({engineRoot}) => engineRoot?.mountPoint ?? 'aufs',
	},
];

function shortKernel({kernel}: StorageFacts): string {
	return kernel === null ? '' : `${kernel.version[0]}.${kernel.version[1]}`;
}
