/** Faults that need a host of its own: a lab host with its network, accounts, sshd and real engine. */
import {runOnHost, type LabHost} from '../host-shell.ts';
import {faults, type FaultName} from '../lab-faults.ts';
import {startSshd, stopSshd} from '../lab-host.ts';

export type NamespaceFault = {
	readonly fault: string;
	readonly provokedBy: string;
	/** The account that Sickbay logs in to. */
	readonly account: 'operator' | 'guest';
	/** Befalls a host that is watched already; else it is there when Sickbay comes. */
	readonly live: boolean;
	/** Words of the host's row on the board; null where the host is well all the same. */
	readonly words: RegExp | null;
	readonly noticeWithinMs?: number;
	/** As the configuration has it. */
	readonly engineSocket?: string;
	inflict(host: LabHost): Promise<void>;
	lift(host: LabHost): Promise<void>;
};

const live = (
	name: FaultName,
	facts: Pick<NamespaceFault, 'fault' | 'provokedBy' | 'words' | 'noticeWithinMs'>,
): NamespaceFault => ({...facts, account: 'operator', live: true, ...faults[name]});

const script =
	(text: string) =>
	async (host: LabHost): Promise<void> =>
		void (await runOnHost(host, text));

/** A real dockerd is there in all of them. */
const standing = (facts: Omit<NamespaceFault, 'account' | 'live'> & Partial<NamespaceFault>): NamespaceFault => ({
	account: 'operator',
	live: false,
	...facts,
});

const sshdConfig = '/etc/ssh/lab_sshd_config';
const hideDocker = 'mv $(command -v docker) /var/lib/hidden-docker';
const showDocker = 'mv /var/lib/hidden-docker /usr/bin/docker';

async function forbidStreamLocal(host: LabHost): Promise<void> {
	await stopSshd(host);
	await runOnHost(host, `sed -i '1i AllowStreamLocalForwarding no' ${sshdConfig}`);
	await startSshd(host);
}

async function allowStreamLocal(host: LabHost): Promise<void> {
	await stopSshd(host);
	await runOnHost(host, `sed -i '/^AllowStreamLocalForwarding/d' ${sshdConfig}`);
	await startSshd(host);
}

export const namespaceFaults: readonly NamespaceFault[] = [
	live('link-down', {
		fault: 'the host’s cable is unplugged',
		provokedBy: 'the kernel, for a link that is down',
		words: /no route/,
	}),
	live('dockerd-stopped', {
		fault: 'the engine is stopped',
		provokedBy: 'a real dockerd',
		words: /engine down|no engine socket/,
	}),
	live('dockerd-killed', {
		fault: 'the engine crashes and leaves its socket',
		provokedBy: 'a real dockerd and its containerd, killed',
		words: /engine down/,
	}),
	live('dockerd-frozen', {
		fault: 'the engine hangs',
		provokedBy: 'a real dockerd, frozen',
		words: /engine hung/,
	}),
	live('containerd-frozen', {
		fault: 'containerd hangs: ping and list answer, info does not',
		provokedBy: 'a real containerd, frozen',
		words: /info does not/,
		noticeWithinMs: 200_000,
	}),
	standing({
		fault: 'the account may not use the engine’s socket',
		provokedBy: 'a real dockerd, an account outside its group',
		account: 'guest',
		words: /engine socket not permitted/,
		inflict: () => Promise.resolve(),
		// Group membership would count from the next login on; the socket's mode counts at once.
		lift: script('chmod 666 /run/docker.sock'),
	}),
	standing({
		fault: 'the configuration names a socket that is not there; the engine has another',
		provokedBy: 'a real dockerd',
		engineSocket: '/run/nowhere/docker.sock',
		words: /no engine socket at/,
		inflict: () => Promise.resolve(),
		lift: script('mkdir /run/nowhere && ln -s /run/docker.sock /run/nowhere/docker.sock'),
	}),
	standing({
		fault: 'sshd forwards no sockets (`AllowStreamLocalForwarding no`)',
		provokedBy: 'a real sshd and dockerd, with the docker program',
		words: null,
		inflict: forbidStreamLocal,
		lift: allowStreamLocal,
	}),
	standing({
		fault: 'sshd forwards no sockets, and the docker program fails',
		provokedBy: 'a real sshd and dockerd; a scripted docker program',
		words: /opens no channel/,
		async inflict(host) {
			await forbidStreamLocal(host);
			await runOnHost(
				host,
				`${hideDocker}; printf '#!/bin/sh\\nexit 1\\n' >/usr/bin/docker; chmod 755 /usr/bin/docker`,
			);
		},
		async lift(host) {
			await runOnHost(host, showDocker);
			await allowStreamLocal(host);
		},
	}),
	standing({
		fault: 'sshd forwards no sockets, and there is no docker program',
		provokedBy: 'a real sshd and dockerd',
		words: /opens no channel/,
		async inflict(host) {
			await forbidStreamLocal(host);
			await runOnHost(host, hideDocker);
		},
		lift: script(showDocker),
	}),
];
