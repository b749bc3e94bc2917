/**
 * Makes the kernel itself write to its log, which all lab hosts share with the machine: by mounting a loop file system,
 * and by reading one whose directory was destroyed. Nothing is ever written to `/dev/kmsg`.
 */
import {randomUUID} from 'node:crypto';
import {mkdir, mkdtemp, open, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {run, tryRun} from './lab-command.ts';

const blockBytes = 1024;

/** Mounts an ext4 file system and returns its UUID, which is in the line `EXT4-fs (loopN): mounted filesystem UUID`. */
export async function logMount(runDirectory: string): Promise<string> {
	const {folder, image, uuid} = await makeFilesystem(runDirectory);
	await whileMounted(folder, image, async () => {});
	return uuid;
}

/** Reads a damaged directory and returns the device's name in the line `EXT4-fs error (device loopN)`. */
export async function logFilesystemError(runDirectory: string): Promise<string> {
	const {folder, image} = await makeFilesystem(runDirectory);
	await run('debugfs', ['-w', '-R', 'mkdir broken', image]);
	const block = Number((await run('debugfs', ['-R', 'blocks broken', image])).trim());
	const disk = await open(image, 'r+');
	await disk.write(Buffer.alloc(blockBytes), 0, blockBytes, block * blockBytes);
	await disk.close();
	return whileMounted(folder, image, async (mountPoint) => {
		const device = await run('findmnt', ['--noheadings', '--output', 'SOURCE', mountPoint]);
		await tryRun('ls', [join(mountPoint, 'broken')]);
		return device.replace('/dev/', '');
	});
}

async function makeFilesystem(runDirectory: string): Promise<{folder: string; image: string; uuid: string}> {
	const folder = await mkdtemp(join(runDirectory, 'disk-'));
	const image = join(folder, 'image');
	const uuid = randomUUID();
	await run('truncate', ['--size', '16M', image]);
	await run('mkfs.ext4', ['-q', '-b', String(blockBytes), '-U', uuid, image]);
	return {folder, image, uuid};
}

async function whileMounted<T>(folder: string, image: string, during: (mountPoint: string) => Promise<T>): Promise<T> {
	const mountPoint = join(folder, 'mounted');
	await mkdir(mountPoint);
	await run('mount', ['-o', 'loop', image, mountPoint]);
	try {
		return await during(mountPoint);
	} finally {
		await run('umount', [mountPoint]);
		await rm(folder, {recursive: true});
	}
}
