/**
 * One lab host: its own network, mount, UTS and PID namespaces, root file system, accounts, sshd and engine, under the
 * machine's kernel. Comes up whole and goes without a trace.
 */
import {spawn} from 'node:child_process';
import {copyFile, mkdir, open, readdir, readFile, readlink, rm, rmdir, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runOnHost, startOnHost, type LabHost} from './host-shell.ts';
import {startEngine} from './lab-engine.ts';
import {createKey, hostKeyFile, readClientKey} from './lab-keys.ts';
import {
	claimNamespace,
	connectNamespace,
	formatAddress,
	formatHostName,
	namespaceFolder,
	removeNamespace,
} from './lab-network.ts';
import {waitFor} from './wait-for.ts';

const initScript = join(dirname(fileURLToPath(import.meta.url)), 'host-init.sh');

/** Claims the first free number from 1 on, so that several labs can be up at once. */
export async function claimNumber(): Promise<number> {
	for (let number = 1; number < 255; number++) {
		if (await claimNamespace(number)) return number;
	}
	throw new Error('no lab host number is free between 1 and 254');
}

/** Brings a claimed host up: link, root, accounts, sshd and engine answer when this resolves. */
export async function createHost(runDirectory: string, number: number): Promise<LabHost> {
	const name = formatHostName(number);
	const directory = join(runDirectory, 'hosts', name);
	for (const folder of ['upper', 'work', 'root', 'data']) await mkdir(join(directory, folder), {recursive: true});
	await connectNamespace(number);
	const initPid = await startInit(name, directory);
	const host: LabHost = {name, number, address: formatAddress(number), directory, initPid};
	await createKey(hostKeyFile(host), name);
	await forgetMachine(host);
	await writeAccounts(host, await readClientKey(runDirectory));
	await installHostKey(host, hostKeyFile(host));
	await startSshd(host);
	await startEngine(host);
	return host;
}

/** Puts a key pair where the host's sshd reads it; sshd must be restarted to use it. */
export async function installHostKey(host: LabHost, file: string): Promise<void> {
	const target = join(host.directory, 'installed_host_key');
	await copyFile(file, target);
	await runOnHost(host, 'umask 077; cat >/etc/ssh/lab_host_key', {inputFile: target});
}

export async function startSshd(host: LabHost): Promise<void> {
	await startOnHost(host, 'sshd', '/usr/sbin/sshd -D -e -f /etc/ssh/lab_sshd_config');
	await waitFor(`${host.name}: sshd listens`, 10_000, () => runOnHost(host, 'ss -Hltn "sport = :22"'));
}

/** Ends sshd: the listener only, as a service manager with `KillMode=process` does; sessions stay. */
export async function stopSshd(host: LabHost): Promise<void> {
	await runOnHost(host, 'kill -KILL $(cat /run/lab-sshd.pid)');
}

/** Removes a host of any run, dead or alive: kills what is in its network namespace, then namespace and files. */
export async function destroyHost(name: string, directory: string): Promise<void> {
	const namespace = await stat(join(namespaceFolder, name)).catch(() => null);
	if (namespace) {
		await waitFor(`${name}: its processes are gone`, 20_000, async () => {
			const pids = await findProcesses(namespace.ino);
			for (const pid of pids) killQuietly(pid);
			return pids.length === 0;
		});
	}
	await removeNamespace(name);
	await removeCgroups(name);
	await rm(directory, {recursive: true, force: true, maxRetries: 10});
}

async function startInit(name: string, directory: string): Promise<number> {
	const log = await open(join(directory, 'init.log'), 'a');
	const network = `--net=${join(namespaceFolder, name)}`;
	const args = [network, 'unshare', '--mount', '--uts', '--pid', '--fork', initScript, name, directory];
	const child = spawn('nsenter', args, {detached: true, stdio: ['ignore', log.fd, log.fd]});
	child.unref();
	await log.close();
	await waitFor(`${name}: its root is mounted, see ${directory}/init.log`, 20_000, () =>
		stat(join(directory, 'ready')).catch(() => null),
	);
	// nsenter executes unshare in its own place, and unshare's only child is the host's process number 1.
	const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
	return Number(children.trim().split(' ')[0]);
}

/** Removes what would make the hosts one machine, or bend their engines: identities and settings of the machine. */
async function forgetMachine(host: LabHost): Promise<void> {
	await runOnHost(host, 'rm -rf /etc/docker; tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id');
}

/** root may all; operator may use the engine's socket; deputy may use sudo without a password; guest may nothing. */
async function writeAccounts(host: LabHost, clientKey: string): Promise<void> {
	await runOnHost(
		host,
		`getent group docker >/dev/null || groupadd --system docker
		useradd --create-home --no-user-group --shell /bin/sh --groups docker operator
		useradd --create-home --no-user-group --shell /bin/sh deputy
		useradd --create-home --no-user-group --shell /bin/sh guest
		for account in root operator deputy guest; do usermod -p '*' $account; done
		umask 227; mkdir -p /etc/sudoers.d; echo 'deputy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/deputy; umask 022
		echo "127.0.1.1 $(hostname)" >>/etc/hosts
		cat >/etc/ssh/lab_authorized_keys
		printf '%s\\n' 'Port 22' 'HostKey /etc/ssh/lab_host_key' 'PidFile /run/lab-sshd.pid' 'UsePAM no' \
			'PasswordAuthentication no' 'KbdInteractiveAuthentication no' 'PermitRootLogin prohibit-password' \
			'AuthorizedKeysFile /etc/ssh/lab_authorized_keys' 'PrintMotd no' 'PrintLastLog no' >/etc/ssh/lab_sshd_config`,
		{input: `${clientKey}\n`},
	);
}

async function findProcesses(namespaceInode: number): Promise<readonly number[]> {
	const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
	const inside = await Promise.all(
		pids.map(async (pid) => (await readlink(`/proc/${pid}/ns/net`).catch(() => '')) === `net:[${namespaceInode}]`),
	);
	return pids.filter((_, index) => inside[index]).map(Number);
}

function killQuietly(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It went by itself in the meantime.
	}
}

/** The engine leaves its containers' cgroups behind when it is killed. */
async function removeCgroups(name: string): Promise<void> {
	const controllers = await readdir('/sys/fs/cgroup').catch(() => []);
	for (const parent of ['', ...controllers]) await removeCgroup(join('/sys/fs/cgroup', parent, name));
}

async function removeCgroup(folder: string): Promise<void> {
	const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
	for (const entry of entries) if (entry.isDirectory()) await removeCgroup(join(folder, entry.name));
	await rmdir(folder).catch(() => {});
}
