/**
 * The disk all guests start from: built once per recipe from Debian's packages, kept outside the repository, and never
 * written to again.
 */
import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';

export type GuestImage = {
	readonly disk: string;
	readonly kernel: string;
	readonly initialFileSystem: string;
	/** Private key that root and `watcher` of a guest accept. */
	readonly clientKey: string;
	/** Public key a guest's sshd shows. */
	readonly hostKey: string;
};

const recipe = join(dirname(fileURLToPath(import.meta.url)), 'build-image.sh');
const buildLimitMs = 15 * 60_000;
const keptDays = 7;

/** Where images and running guests have their files: `SICKBAY_VM_LAB`, or a folder that survives a reboot. */
export function vmLabDirectory(): string {
	return process.env['SICKBAY_VM_LAB'] ?? '/var/tmp/sickbay-vm-lab';
}

/** The image of today's recipe, built now if nobody has built it before. `SICKBAY_VM_MIRROR` names another mirror. */
export async function prepareImage(): Promise<GuestImage> {
	const hash = createHash('sha256')
		.update(await readFile(recipe))
		.digest('hex');
	const directory = join(vmLabDirectory(), `image-${hash.slice(0, 12)}`);
	if (!(await exists(directory))) await buildImage(directory);
	await utimes(directory, new Date(), new Date());
	await removeOldImages(directory);
	return {
		disk: join(directory, 'disk.ext4'),
		kernel: join(directory, 'vmlinuz'),
		initialFileSystem: join(directory, 'initrd'),
		clientKey: join(directory, 'client'),
		hostKey: join(directory, 'host_key.pub'),
	};
}

/** Builds aside and renames, so that an image is whole or not there. */
async function buildImage(directory: string): Promise<void> {
	const mirror = process.env['SICKBAY_VM_MIRROR'] ?? 'http://deb.debian.org/debian';
	await mkdir(vmLabDirectory(), {recursive: true});
	const aside = await mkdtemp(join(vmLabDirectory(), 'build-'));
	process.stderr.write(`Building the guests' disk in ${directory} (about two minutes, once)\n`);
	const startedAt = Date.now();
	try {
		const own = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
		await execa('unshare', [...own, recipe, aside, mirror], {timeout: buildLimitMs, stdin: 'ignore', all: true});
		await rename(aside, directory);
	} catch (error) {
		await rm(aside, {recursive: true, force: true});
		if (!(await exists(directory))) throw error;
	}
	process.stderr.write(`The guests' disk took ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}

/** Other recipes' images and broken builds nobody has used for days. */
async function removeOldImages(current: string): Promise<void> {
	const oldestAt = Date.now() - keptDays * 24 * 3_600_000;
	for (const name of await readdir(vmLabDirectory())) {
		const folder = join(vmLabDirectory(), name);
		if (!/^(image|build)-/.test(name) || folder === current) continue;
		if ((await stat(folder)).mtimeMs < oldestAt) await rm(folder, {recursive: true, force: true});
	}
}

async function exists(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null)) !== null;
}
