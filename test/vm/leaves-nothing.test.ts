import {once} from 'node:events';
import {spawn} from 'node:child_process';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, inject, it} from 'vitest';
import {waitFor} from '../lab/wait-for.ts';
import type {GuestImage} from './guest-image.ts';
import {startGuest} from './guest.ts';

describe.skipIf(inject('guestImage') === null)('a guest', () => {
	it('ends with the run that started it, even if that is killed, and the next run removes its files', async () => {
		const owner = spawn(process.execPath, [join(import.meta.dirname, 'hold-guest.ts')], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		const [line] = (await once(owner.stdout, 'data')) as [Buffer];
		const [pid = '', directory = ''] = line.toString().trim().split(' ');
		await waitFor('the machine runs', 10_000, () => isMachine(pid));

		owner.kill('SIGKILL');
		await once(owner, 'exit');
		await waitFor('the machine is gone', 10_000, async () => !(await isMachine(pid)));

		const next = await startGuest(inject('guestImage') as GuestImage, {name: 'sb-vm-next'});
		await next.destroy();
		expect(await stat(directory).catch(() => null)).toBeNull();
		expect(await stat(next.directory).catch(() => null)).toBeNull();
		expect(await isMachine(String(next.pid))).toBe(false);
	});
});

async function isMachine(pid: string): Promise<boolean> {
	return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).startsWith('qemu-system-');
}
