/** A real sshd on a loopback port, run by whoever runs the tests; it needs no lab host. */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {connect, createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import {vi} from 'vitest';

const sshd = '/usr/sbin/sshd';

/** What is missing to run it, in words; null for nothing. */
export function missingForSshd(): string | null {
	return existsSync(sshd) ? null : `${sshd} (Debian package openssh-server)`;
}

/**
 * Expects `host_ed25519` and `authorized_keys` in the folder. `extra` lines of sshd_config come first, so that they
 * win. Resolves when it accepts connections; the caller kills the child.
 */
export async function startSshd(
	folder: string,
	extra = '',
	env: NodeJS.ProcessEnv = {},
): Promise<{readonly child: ChildProcess; readonly port: number}> {
	// As root, sshd insists on its empty folder, which the service otherwise makes.
	if (process.getuid?.() === 0) await mkdir('/run/sshd', {recursive: true, mode: 0o755});
	const port = await findPort();
	const config = path.join(folder, `sshd_config_${port}`);
	await writeFile(
		config,
		`${extra}
Port ${port}
ListenAddress 127.0.0.1
HostKey ${path.join(folder, 'host_ed25519')}
AuthorizedKeysFile ${path.join(folder, 'authorized_keys')}
StrictModes no
UsePAM no
PidFile none
# Makes bash take itself for a nested shell, which does not read the .bashrc of whoever runs the tests.
SetEnv SHLVL=1
PasswordAuthentication no
KbdInteractiveAuthentication no
`,
	);
	const child = spawn(sshd, ['-D', '-e', '-f', config], {stdio: 'ignore', env: {...process.env, ...env}});
	await vi
		.waitFor(() => knock(port), {timeout: 5000, interval: 20})
		.catch((error: unknown) => {
			child.kill('SIGKILL');
			throw error;
		});
	return {child, port};
}

export async function findPort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const {port} = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

async function knock(port: number): Promise<void> {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	socket.destroy();
}
