import {statfs} from 'node:fs/promises';
import os from 'node:os';
import {expect, test} from 'vitest';
import {parseMounts, readLocalFilesystems} from '../../source/local/read-local-filesystems.ts';
import {readLocalIdentity} from '../../source/local/read-local-identity.ts';
import {readLocalVitals} from '../../source/local/read-local-vitals.ts';

test('this machine is identified as the system itself names it', async () => {
	const identity = await readLocalIdentity();
	expect(identity.hostname).toBe(os.hostname());
	expect(identity.kernel).toEqual({name: os.type(), release: os.release(), machine: os.machine()});
	expect(identity.uptimeSeconds).toBeGreaterThan(0);
	expect(identity.userId).toBe(process.getuid?.() ?? null);
	expect(identity.os.id).not.toBe('');
	const isLinux = process.platform === 'linux';
	expect(identity.bootId ?? '').toMatch(isLinux ? /^[\da-f-]{36}$/ : /^$/);
});

test('memory and processors of this machine are in bytes and whole processors', async () => {
	const vitals = await readLocalVitals();
	expect(vitals.memoryTotalBytes).toBe(os.totalmem());
	expect(vitals.memoryAvailableBytes).toBeGreaterThan(0);
	expect(vitals.memoryAvailableBytes).toBeLessThanOrEqual(vitals.memoryTotalBytes);
	expect(vitals.cpuCount).toBe(os.cpus().length);
	expect(vitals.load1).toBeGreaterThanOrEqual(0);
});

test('the root file system is measured once, whatever lies on it', async () => {
	const [root, ...others] = await readLocalFilesystems({engineRoot: '/', containerdRoot: '/no/such/folder'});
	const facts = await statfs('/');
	expect(others).toEqual([]);
	expect(root).toMatchObject({mountPoint: '/', roles: ['root', 'engine-root']});
	expect(root?.sizeBytes).toBe(facts.blocks * facts.bsize);
	expect((root?.usedBytes ?? 0) + (root?.availableBytes ?? 0)).toBeLessThanOrEqual(facts.blocks * facts.bsize);
});

test('mounts with spaces in their names and read-only ones are told apart', () => {
	// proc_pid_mounts(5) escapes; the second line as Debian 12 prints an ISO image.
	const table =
		'/dev/vda / ext4 rw,relatime,errors=remount-ro 0 0\n/dev/sr0 /media/My\\040Disk iso9660 ro,nosuid 0 0\n\nbroken\n';
	expect(parseMounts(table)).toEqual([
		{device: '/dev/vda', mountPoint: '/', type: 'ext4', readOnly: false},
		{device: '/dev/sr0', mountPoint: '/media/My Disk', type: 'iso9660', readOnly: true},
	]);
});
