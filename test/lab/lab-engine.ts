/** The real engine of a lab host: dockerd with a containerd of its own, a busybox image and containers made from it. */
import {copyFile, mkdir, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {run} from './lab-command.ts';
import {runOnHost, startOnHost, type LabHost} from './host-shell.ts';
import {waitFor} from './wait-for.ts';

export const labImage = 'lab/busybox:1';
export const usualSocket = '/run/docker.sock';

/** Starts dockerd and waits until it answers; with a name other than the usual one its socket counts as moved. */
export async function startEngine(host: LabHost, socket = usualSocket): Promise<void> {
	const options = [
		'--debug', // its log then names every request: see readApiCalls
		'--iptables=false --bridge=none --data-root /var/lib/docker --exec-root /run/docker',
		`--pidfile /run/docker.pid --host unix://${socket} --cgroup-parent /${host.name}`,
	];
	await runOnHost(host, `mkdir -p $(dirname ${socket})`);
	await startOnHost(host, 'dockerd', `/usr/sbin/dockerd ${options.join(' ')}`);
	await waitFor(`${host.name}: the engine answers, see /var/log/dockerd.log there`, 30_000, () =>
		docker(host, `-H unix://${socket} version`),
	);
}

/** Stops dockerd in good order, its containers with it, and waits until it is gone. */
export async function stopEngine(host: LabHost): Promise<void> {
	await runOnHost(host, 'test ! -e /run/docker.pid || kill -TERM $(cat /run/docker.pid)');
	await waitFor(`${host.name}: the engine is gone`, 30_000, () =>
		runOnHost(host, 'test ! -e /run/docker.pid && echo gone').catch(() => null),
	);
}

/** Ends dockerd and its containerd without notice: socket and pid files stay behind. */
export async function killEngine(host: LabHost): Promise<void> {
	// In this order: containerd dies with its dockerd, and would be gone before it is killed.
	await runOnHost(host, 'kill -KILL $(cat /run/docker/containerd/containerd.pid) $(cat /run/docker.pid)');
	await waitFor(`${host.name}: the engine is gone`, 10_000, () =>
		runOnHost(host, 'pgrep -x dockerd || echo gone').then((answer) => answer === 'gone'),
	);
}

/** Output of a `docker` command line on the host. */
export async function docker(host: LabHost, commandLine: string): Promise<string> {
	return runOnHost(host, `exec docker ${commandLine}`);
}

/** Packs busybox-static as the root of an image; the result is a tar file in the run's directory. */
export async function packImage(runDirectory: string): Promise<void> {
	const folder = join(runDirectory, 'image');
	await mkdir(join(folder, 'bin'), {recursive: true});
	await copyFile(await run('sh', ['-c', 'command -v busybox']), join(folder, 'bin', 'busybox'));
	for (const name of ['sh', 'sleep', 'echo', 'dd', 'tail']) await symlink('busybox', join(folder, 'bin', name));
	await run('tar', ['-C', folder, '-cf', join(runDirectory, 'image.tar'), '.']);
}

export async function importImage(host: LabHost, runDirectory: string, reference = labImage): Promise<void> {
	await runOnHost(host, `docker import - ${reference}`, {inputFile: join(runDirectory, 'image.tar')});
}

/** Starts a container in the background and returns its id; a lab host has no bridge, so it has no network. */
export async function runContainer(
	host: LabHost,
	name: string,
	commandLine = 'sleep 1000000',
	options = '',
): Promise<string> {
	return docker(host, `run --detach --network none --name ${name} ${options} ${labImage} ${commandLine}`);
}

/** The requests the engine has logged so far, oldest first, e.g. `GET /v1.41/containers/json?all=true`. */
export async function readApiCalls(host: LabHost): Promise<readonly string[]> {
	const log = await runOnHost(host, 'cat /var/log/dockerd.log');
	return [...log.matchAll(/Calling ([A-Z]+ [^"\s]+)/g)].map((match) => match[1] ?? '');
}
