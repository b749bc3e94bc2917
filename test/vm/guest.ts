/**
 * One guest: a Debian machine with a kernel of its own under an emulated processor, reachable by SSH on a loopback port.
 * What it writes goes to a throw-away layer; the process ends with the one that started it.
 */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {execa} from 'execa';
import {waitFor} from '../lab/wait-for.ts';
import {vmLabDirectory, type GuestImage} from './guest-image.ts';
import {pressButton} from './guest-monitor.ts';

export type GuestOptions = {
	/** Host name in ssh_config. */
	readonly name: string;
	readonly memoryMegabytes?: number;
	readonly processors?: number;
	readonly kernelArguments?: readonly string[];
	/** Sizes of empty disks it gets beside its own: /dev/vdb and on. */
	readonly extraDiskMegabytes?: readonly number[];
};

export type Guest = {
	readonly name: string;
	/** Files of this guest: ssh_config, known_hosts, console.log. */
	readonly directory: string;
	readonly sshConfig: string;
	readonly port: number;
	readonly pid: number;
	/** Standard output of a script run by root, or by `watcher`. */
	run(script: string, options?: RunOptions): Promise<string>;
	/** Resolves when root can log in; `otherThan` is a boot id that does not count. */
	waitForSsh(otherThan?: string): Promise<void>;
	readBootId(): Promise<string>;
	/** What the kernel printed on the serial console so far, over all boots. */
	readConsole(): Promise<string>;
	/** The reset button: whatever state the kernel is in. */
	reset(): Promise<void>;
	/** Ends the machine and removes its files. */
	destroy(): Promise<void>;
};

export type RunOptions = {
	readonly account?: 'root' | 'watcher';
	readonly timeoutMs?: number;
	/** False: a script that fails still gives what it printed. */
	readonly reject?: boolean;
};

const bootLimitMs = 300_000;
const consoleLimitBytes = 8 * 1024 * 1024;

/** Where ramoops keeps what a dying kernel said: memory the guest's kernel leaves alone, which a reset does not clear. */
const ramoopsArguments = [
	'memmap=1M$0x30000000',
	'ramoops.mem_address=0x30000000',
	'ramoops.mem_size=0x100000',
	'ramoops.record_size=0x20000',
	'ramoops.ecc=0',
	'modules-load=ramoops',
];

/** Starts the machine; `waitForSsh` tells when it is up. */
export async function startGuest(image: GuestImage, options: GuestOptions): Promise<Guest> {
	await mkdir(vmLabDirectory(), {recursive: true});
	await removeDeadGuests();
	const directory = await mkdtemp(join(vmLabDirectory(), `guest-${process.pid}-`));
	const port = await findFreePort();
	const sshConfig = await writeSshFiles(image, directory, options.name, port);
	const disks = await createDisks(directory, options.extraDiskMegabytes ?? []);
	const child = startMachine(image, directory, port, disks, options);
	const run = (script: string, runOptions: RunOptions = {}): Promise<string> =>
		runScript(sshConfig, options.name, script, runOptions);
	const readBootId = (): Promise<string> => run('cat /proc/sys/kernel/random/boot_id');
	return {
		name: options.name,
		directory,
		sshConfig,
		port,
		pid: child.pid ?? 0,
		run,
		readBootId,
		async waitForSsh(otherThan) {
			await waitFor(`${options.name} answers, see ${directory}/console.log`, bootLimitMs, async () => {
				if (child.exitCode !== null) return 'ended';
				const bootId = await run('cat /proc/sys/kernel/random/boot_id', {timeoutMs: 20_000});
				return bootId !== '' && bootId !== otherThan;
			});
			if (child.exitCode !== null)
				throw new Error(`qemu ended: ${await readFile(join(directory, 'qemu.log'), 'utf8')}`);
		},
		readConsole: () => readFile(join(directory, 'console.log'), 'utf8'),
		reset: () => pressButton(join(directory, 'monitor'), 'system_reset'),
		async destroy() {
			if (child.exitCode === null && child.signalCode === null) {
				const ended = once(child, 'exit');
				child.kill('SIGKILL');
				await ended;
			}
			await rm(directory, {recursive: true, force: true});
		},
	};
}

/** Files of guests whose owner is gone; the machine went with it. */
async function removeDeadGuests(): Promise<void> {
	for (const name of await readdir(vmLabDirectory())) {
		const owner = /^guest-(\d+)-/.exec(name)?.[1];
		if (owner === undefined || (await stat(`/proc/${owner}`).catch(() => null)) !== null) continue;
		await rm(join(vmLabDirectory(), name), {recursive: true, force: true});
	}
}

/** qemu under a launcher that has it killed when this process dies, however that happens. */
function startMachine(
	image: GuestImage,
	directory: string,
	port: number,
	disks: readonly string[],
	options: GuestOptions,
): ChildProcess {
	const drive = (file: string): string[] => ['-drive', `file=${file},format=raw,if=virtio,cache=unsafe,snapshot=on`];
	const kernelArguments = [
		'root=/dev/vda ro console=ttyS0 panic=0 net.ifnames=0 systemd.show_status=no',
		...ramoopsArguments,
		...(options.kernelArguments ?? []),
	];
	const args = [
		['--pdeathsig', 'KILL', 'qemu-system-x86_64', '-accel', 'tcg', '-cpu', 'qemu64', '-nodefaults', '-display', 'none'],
		['-m', String(options.memoryMegabytes ?? 1024), '-smp', String(options.processors ?? 2)],
		['-kernel', image.kernel, '-initrd', image.initialFileSystem, '-append', kernelArguments.join(' ')],
		[image.disk, ...disks].flatMap(drive),
		['-netdev', `user,id=lab,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
		['-device', 'virtio-net-pci,netdev=lab', '-device', 'virtio-rng-pci'],
		['-serial', 'stdio', '-monitor', `unix:${join(directory, 'monitor')},server=on,wait=off`],
	].flat();
	const env = {PATH: process.env['PATH'], TMPDIR: directory};
	const child = spawn('setpriv', args, {stdio: ['ignore', 'pipe', 'pipe'], env});
	keepBounded(child.stdout, join(directory, 'console.log'));
	keepBounded(child.stderr, join(directory, 'qemu.log'));
	return child;
}

/** Writes a stream to a file, and reads on without writing once the file is large. */
function keepBounded(stream: Readable, file: string): void {
	const target = createWriteStream(file);
	let bytes = 0;
	stream.on('data', (chunk: Buffer) => {
		if (bytes < consoleLimitBytes) target.write(chunk);
		bytes += chunk.length;
	});
	stream.on('end', () => target.end());
}

async function createDisks(directory: string, sizes: readonly number[]): Promise<readonly string[]> {
	const files = sizes.map((_, index) => join(directory, `disk-${index + 1}.raw`));
	for (const [index, file] of files.entries()) {
		await writeFile(file, '');
		await truncate(file, (sizes[index] ?? 0) * 1024 * 1024);
	}
	return files;
}

async function writeSshFiles(image: GuestImage, directory: string, name: string, port: number): Promise<string> {
	const known = join(directory, 'known_hosts');
	const [type, key] = (await readFile(image.hostKey, 'utf8')).split(' ');
	await writeFile(known, `[127.0.0.1]:${port} ${type} ${key}\n`);
	const entry = (alias: string, user: string): string =>
		[`Host ${alias}`, 'HostName 127.0.0.1', `Port ${port}`, `User ${user}`].join('\n  ');
	const common = [
		`Host ${name} ${name}-watcher`,
		`IdentityFile ${image.clientKey}`,
		'IdentitiesOnly yes',
		'IdentityAgent none',
		`UserKnownHostsFile ${known}`,
		'GlobalKnownHostsFile /dev/null',
		'StrictHostKeyChecking yes',
	].join('\n  ');
	const file = join(directory, 'ssh_config');
	await writeFile(file, `${[entry(name, 'root'), entry(`${name}-watcher`, 'watcher'), common].join('\n')}\n`);
	return file;
}

async function runScript(sshConfig: string, name: string, script: string, options: RunOptions): Promise<string> {
	const {account = 'root', timeoutMs = 60_000, reject = true} = options;
	const host = account === 'root' ? name : `${name}-${account}`;
	const {stdout} = await execa('ssh', ['-F', sshConfig, '-o', 'ConnectTimeout=10', host, 'sh -e'], {
		input: script,
		timeout: timeoutMs,
		reject,
	});
	return stdout;
}

/** A port nobody listens on now; qemu takes it at once. */
async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
