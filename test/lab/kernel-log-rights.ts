/**
 * Whether accounts other than root may read the kernel log is one setting of the machine, shared by all lab hosts. The
 * lab needs it as Debian has it: they may not.
 */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

const setting = '/proc/sys/kernel/dmesg_restrict';

/** Restricts the kernel log if it is open, and notes in the run's directory what it was. */
export async function restrictKernelLog(runDirectory: string): Promise<void> {
	const before = await readFile(setting, 'utf8');
	if (before.trim() === '1') return;
	await writeFile(join(runDirectory, 'dmesg_restrict'), before);
	await writeFile(setting, '1\n');
}

/** Undoes that, if it was done by this run. */
export async function restoreKernelLogRights(runDirectory: string): Promise<void> {
	const before = await readFile(join(runDirectory, 'dmesg_restrict'), 'utf8').catch(() => null);
	if (before !== null) await writeFile(setting, before);
}
