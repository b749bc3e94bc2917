/** Whole logs in the formats hosts print, and the incidents a person should read in them. */
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {createKernelLogReader} from '../../../source/kernel-log/read-kernel-log.ts';
import type {KernelIncident} from '../../../source/model/kernel-incident.ts';
import {analyse} from './analyse.ts';

/** Above `info`, worst first. The word in `names` stands in the title. */
type Expected = Partial<KernelIncident> & {readonly names: string};

const samples: Readonly<Record<string, readonly Expected[]>> = {
	'aufs-oops-panic': [
		{
			id: 'panic-fatal-exception',
			severity: 'panic',
			via: 'aufs',
			category: 'storage-driver',
			names: 'aufs_read_lock [aufs]',
		},
	],
	'follow-up-oops': [
		{id: 'oops-null-deref', via: 'network', followsKey: null, names: 'br_vlan_flush [bridge]'},
		{id: 'oops-gpf', followsKey: 'oops-null-deref::br_vlan_flush', names: 'after an earlier oops'},
	],
	'two-processors': [
		{id: 'oops-page-fault', severity: 'critical', via: 'devicemapper', names: 'thin_map [dm_thin_pool]'},
		{id: 'kernel-warning', severity: 'warning', via: 'overlay', names: 'fs/overlayfs/copy_up.c:512'},
	],
	'hung-engine': [
		{id: 'hung-task-docker', subject: 'dockerd', count: 2, via: 'filesystem', names: 'dockerd hung for 241'},
		{id: 'hung-task-docker', subject: 'containerd-shim', count: 1, via: 'filesystem', names: 'containerd-shim'},
	],
	'many-hung-tasks': [{id: 'hung-task', subject: 'java', count: 10, isLowerBound: true, names: 'java'}],
	'lockup-on-virtual-machine': [{id: 'soft-lockup', severity: 'warning', count: 1, names: 'CPU1'}],
	'host-out-of-memory': [{id: 'oom-global', severity: 'critical', subject: '', count: 1, names: 'java'}],
	'pods-out-of-memory': [
		{id: 'oom-memcg', severity: 'warning', subject: '6f0d3b1e9c7a', count: 2, names: '6f0d3b1e9c7a'},
	],
	'thin-pool-metadata': [
		{id: 'dmthin-metadata-full', subject: '253:2', count: 3, via: 'devicemapper', names: '253:2'},
		{id: 'dmthin-readonly', subject: '253:2', names: '253:2'},
		{id: 'xfs-shutdown', subject: 'dm-9', names: 'Container file system dm-9'},
	],
	'disk-by-boot-log': [
		{id: 'ata-media-error', subject: 'sdb', names: 'sdb'},
		{id: 'ata-media-error', subject: 'sda', names: 'sda'},
	],
	'array-degraded-and-rebuilt': [{id: 'md-disk-failure', severity: 'warning', state: 'over', names: 'md0'}],
	'nfs-came-back': [{id: 'nfs-not-responding', subject: 'nas02', state: 'open', names: 'nas02'}],
	'forged-panic': [],
	'firmware-tells-of-last-boot': [
		{id: 'bert-previous-boot', severity: 'critical', also: ['cper-fatal'], names: 'boot before'},
	],
	'sysrq-panic': [{id: 'panic-sysrq', severity: 'panic', names: 'sysrq'}],
	'arm-oops': [{id: 'oops-page-fault', via: 'filesystem', category: 'filesystem', names: 'xfs_buf_find [xfs]'}],
	'two-boots-in-one-file': [{id: 'ext4-error', subject: 'sda2', count: 2, names: 'sda2'}],
	'flapping-link': [{id: 'nic-link-down', severity: 'warning', count: 3, state: 'open', names: 'eth0'}],
	'hot-plugged-disk': [],
	'nvme-timeouts': [{id: 'nvme-timeout', severity: 'critical', count: 10, names: 'nvme1'}],
	'lost-messages': [{id: 'buffer-io-error', subject: 'sdc', count: 2, isLowerBound: true, names: 'sdc'}],
	'sanitizer-panic': [{id: 'panic-on-warn', severity: 'panic', names: 'nf_tables_trans_destroy_work'}],
	'healthy-boot': [],
	'machine-check-at-boot': [
		{id: 'mce-exception', severity: 'critical', count: 2, also: ['mce-logged'], names: 'achine check'},
	],
	'warning-after-oops': [
		{id: 'oops-null-deref', severity: 'critical', names: 'shrink_slab_memcg'},
		{
			id: 'kernel-warning',
			severity: 'warning',
			followsKey: 'oops-null-deref::shrink_slab_memcg',
			names: 'after an earlier oops',
		},
	],
	'warm-processor': [{id: 'thermal-throttle', severity: 'warning', state: 'over', count: 2, names: 'hot'}],
};

it.each(Object.entries(samples))('the log of %s tells its incidents, and no others', (name, expected) => {
	const incidents = analyse(readSample(name)).filter(({severity}) => severity !== 'info');
	expect(incidents).toMatchObject(
		expected.map(({names, ...rest}) => ({...rest, title: expect.stringContaining(names) as string})),
	);
});

function readSample(name: string) {
	const reader = createKernelLogReader({now: Date.UTC(2026, 10, 20)});
	const lines = readFileSync(new URL(`samples/${name}.log`, import.meta.url), 'utf8').split('\n');
	return lines
		.filter((line) => !line.startsWith('# '))
		.flatMap((line) => reader.entries(line).map(({record}) => record));
}
