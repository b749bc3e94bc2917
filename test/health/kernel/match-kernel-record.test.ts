import {describe, expect, it} from 'vitest';
import {builtInCatalogue} from '../../../source/health/kernel/built-in-catalogue.ts';
import {matchKernelRecord as match} from '../../../source/health/kernel/match-kernel-record.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';
import {kernelRecord} from '../kernel-lines.ts';
import {analyse} from './analyse.ts';

const matchKernelRecord = (record: KernelRecord) => match(record, builtInCatalogue());

const panic = 'Kernel panic - not syncing: Fatal exception in interrupt';

describe('a line of the kernel log', () => {
	it.each([1, 3, 5, 16])('that a program wrote (facility %i) is never taken for the kernel’s', (facility) => {
		expect(matchKernelRecord(kernelRecord(panic, {facility}))).toBeNull();
	});

	it('that the kernel wrote, or whose writer is not known, is matched', () => {
		expect(matchKernelRecord(kernelRecord(panic))?.signature.id).toBe('panic-fatal-exception');
		expect(matchKernelRecord(kernelRecord(panic, {facility: null}))?.signature.id).toBe('panic-fatal-exception');
	});

	it.each([
		['blk_update_request: I/O error, dev sdb1, sector 2048', 'sdb'],
		['I/O error, dev nvme0n1p2, sector 8 op 0x1:(WRITE) flags 0x0 phys_seg 1 prio class 2', 'nvme0'],
		['Buffer I/O error on device dm-7, logical block 40112', 'dm-7'],
		['Aborting journal on device dm-7-8.', 'dm-7'],
		['Aborting journal on device sda9-8.', 'sda9'],
		['sd 4:0:0:1: [sdb] tag#16 Add. Sense: Unrecovered read error - auto reallocate failed', 'sdb'],
		['INFO: task kworker/u8:2:311 blocked for more than 120 seconds.', 'kworker/u8:2'],
		['EXT4-fs error (device dm-3): ext4_journal_check_start:56: Detected aborted journal', 'dm-3'],
	])('names what it is about: %s', (text, subject) => {
		expect(analyse([kernelRecord(text)])[0]?.subject).toBe(subject);
	});

	it.each(['dockerd', 'docker', 'containerd-shim', 'runc:[2:INIT]', 'umount.aufs'])(
		'about a stuck %s blames the container runtime',
		(task) => {
			const text = `INFO: task ${task}:1187 blocked for more than 120 seconds.`;
			expect(matchKernelRecord(kernelRecord(text))?.signature.id).toBe('hung-task-docker');
		},
	);

	const id = '4b1c77e0aa12f00dbeef4b1c77e0aa12f00dbeef4b1c77e0aa12f00dbeef0001';

	it.each([
		`/docker/${id}`,
		`/system.slice/docker-${id}.scope`,
		`/kubepods/burstable/pod0f3a/${id}`,
		`/machine.slice/libpod-${id}.scope/container`,
	])('names the container by its victim’s control group %s', (group) => {
		const text = `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg=${group},task_memcg=${group},task=node,pid=1,uid=0`;
		expect(analyse([kernelRecord(text)])).toMatchObject([{id: 'oom-summary-memcg', subject: '4b1c77e0aa12'}]);
	});
});
