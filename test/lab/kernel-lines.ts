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

/**
 * Reads a damaged directory and returns the device's name in the line `EXT4-fs error (device loopN)`: one that has had
 * no such line since the machine was booted, so that it is news to whoever watches.
 */
export async function logFilesystemError(runDirectory: string): Promise<string> {
	const {folder, image} = await makeFilesystem(runDirectory);
	await run('debugfs', ['-w', '-R', 'mkdir broken', image]);
	const block = Number((await run('debugfs', ['-R', 'blocks broken', image])).trim());
	const disk = await open(image, 'r+');
	await disk.write(Buffer.alloc(blockBytes), 0, blockBytes, block * blockBytes);
	await disk.close();
	const device = await attachUnsuspectedLoop(image);
	try {
		await whileMounted(folder, device, (mountPoint) => tryRun('ls', [join(mountPoint, 'broken')]));
	} finally {
		await run('losetup', ['--detach', device]);
	}
	return device.replace('/dev/', '');
}

async function attachUnsuspectedLoop(image: string): Promise<string> {
	const log = await run('dmesg', []);
	for (let number = 0; number < 1000; number++) {
		if (log.includes(`(device loop${number})`)) continue;
		const device = `/dev/loop${number}`;
		const attached = await run('losetup', [device, image]).then(
			() => true,
			() => false,
		);
		if (attached) return device;
	}
	throw new Error('no loop device is left');
}

async function makeFilesystem(runDirectory: string): Promise<{folder: string; image: string; uuid: string}> {
	const folder = await mkdtemp(join(runDirectory, 'disk-'));
	const image = join(folder, 'image');
	const uuid = randomUUID();
	await run('truncate', ['--size', '16M', image]);
	await run('mkfs.ext4', ['-q', '-b', String(blockBytes), '-U', uuid, image]);
	return {folder, image, uuid};
}

/** Mounts a device, or a file through a loop device. */
async function whileMounted(
	folder: string,
	source: string,
	during: (mountPoint: string) => Promise<void>,
): Promise<void> {
	const mountPoint = join(folder, 'mounted');
	await mkdir(mountPoint);
	await run('mount', [source, mountPoint]);
	try {
		await during(mountPoint);
	} finally {
		await run('umount', [mountPoint]);
		await rm(folder, {recursive: true});
	}
}
