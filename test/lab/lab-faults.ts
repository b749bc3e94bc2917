/** Ways to make a lab host sick, each with its cure. Processes are frozen and killed by the number in their pid file. */
import {createKey, hostKeyFile} from './lab-keys.ts';
import {runOnHost, type LabHost} from './host-shell.ts';
import {killEngine, startEngine, stopEngine} from './lab-engine.ts';
import {installHostKey, startSshd, stopSshd} from './lab-host.ts';
import {run, tryRun} from './lab-command.ts';

export type Fault = {
	readonly description: string;
	inflict(host: LabHost): Promise<void>;
	lift(host: LabHost): Promise<void>;
};

const dockerdPid = '$(cat /run/docker.pid)';
const containerdPid = '$(cat /run/docker/containerd/containerd.pid)';
const listenerPid = '$(cat /run/lab-sshd.pid)';
// Every sshd: the listener, and what serves the connections that are up.
const allSshdPids = '$(pgrep -x sshd)';

export const faults = {
	'black-hole': {
		description: 'all packets to and from the host vanish',
		inflict: async (host) => eachChain(host, '--insert'),
		lift: async (host) => eachChain(host, '--delete'),
	},
	'link-down': {
		description: 'the cable is unplugged: no route to the host',
		inflict: async (host) => setLink(host, 'down'),
		lift: async (host) => setLink(host, 'up'),
	},
	'sshd-stopped': {
		description: 'nothing listens on port 22',
		inflict: stopSshd,
		lift: startSshd,
	},
	'sshd-frozen': {
		description: 'sshd accepts and says nothing, as on a host that swaps',
		...frozen(listenerPid),
	},
	'sshd-frozen-all': {
		description: 'sshd is frozen with the sessions it serves',
		...frozen(allSshdPids),
	},
	'dockerd-frozen': {
		description: 'the engine hangs',
		...frozen(dockerdPid),
	},
	'containerd-frozen': {
		description: 'half the engine hangs: ping and list answer, version and info do not',
		...frozen(containerdPid),
	},
	'dockerd-stopped': {
		description: 'the engine is not running',
		inflict: stopEngine,
		lift: async (host) => startEngine(host),
	},
	'dockerd-killed': {
		description: 'the engine crashed and left its socket behind',
		inflict: killEngine,
		lift: async (host) => startEngine(host),
	},
	'socket-moved': {
		description: 'the engine listens where nobody looks',
		async inflict(host) {
			await stopEngine(host);
			await runOnHost(host, 'rm -f /run/docker.sock');
			await startEngine(host, '/run/elsewhere/docker.sock');
		},
		async lift(host) {
			await stopEngine(host);
			await startEngine(host);
		},
	},
	'host-key-changed': {
		description: 'another machine answers at the address, or sshd was reinstalled',
		async inflict(host) {
			const file = `${host.directory}/other_host_key`;
			await run('rm', ['-f', file, `${file}.pub`]);
			await createKey(file, 'other');
			await restartSshdWith(host, file);
		},
		lift: async (host) => restartSshdWith(host, hostKeyFile(host)),
	},
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** Inflicts a fault for as long as `during` runs. */
export async function withFault<T>(name: FaultName, host: LabHost, during: () => Promise<T>): Promise<T> {
	await faults[name].inflict(host);
	try {
		return await during();
	} finally {
		await faults[name].lift(host);
	}
}

function frozen(pids: string): Pick<Fault, 'inflict' | 'lift'> {
	return {
		async inflict(host) {
			await runOnHost(host, `kill -STOP ${pids}`);
		},
		async lift(host) {
			await runOnHost(host, `kill -CONT ${pids}`);
		},
	};
}

async function eachChain(host: LabHost, verb: '--insert' | '--delete'): Promise<void> {
	for (const chain of ['INPUT', 'OUTPUT']) await runOnHost(host, `iptables --wait ${verb} ${chain} --jump DROP`);
}

async function setLink(host: LabHost, state: 'up' | 'down'): Promise<void> {
	await run('ip', ['link', 'set', host.name, state]);
	// Without it the first packets after the link is back wait for the neighbour's timeout.
	if (state === 'up') await tryRun('ip', ['neighbour', 'flush', 'dev', host.name]);
}

async function restartSshdWith(host: LabHost, keyFile: string): Promise<void> {
	await stopSshd(host);
	await installHostKey(host, keyFile);
	await startSshd(host);
}
