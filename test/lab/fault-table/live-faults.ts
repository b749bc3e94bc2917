/** Faults that befall hosts which are up: each says what to wait for on the board, and how it is taken away. */
import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {run} from '../lab-command.ts';
import {hang, type FakeEngine} from '../../engine/fake-engine.ts';
import {killTree, listDescendants, signal, type FaultWard, type WardEngine} from './fault-ward.ts';

export type LiveHost = {
	readonly name: string;
	readonly port: number;
	readonly engine: WardEngine;
	sshd: ChildProcess;
};

export type LiveFault = {
	readonly fault: string;
	readonly provokedBy: string;
	/** Words on the row of the host, or anywhere on the screen when `everywhere`. */
	readonly words: RegExp;
	readonly everywhere?: boolean;
	/** The fault itself takes time; what is noticed counts from its end. */
	readonly countsFromEnd?: boolean;
	readonly host: string;
	readonly noticeWithinMs?: number;
	inflict(hosts: ReadonlyMap<string, LiveHost>, ward: FaultWard, boardPid: number): Promise<void>;
	lift(hosts: ReadonlyMap<string, LiveHost>, ward: FaultWard, boardPid: number): Promise<void>;
};

const real = 'a real sshd';

function hostOf(hosts: ReadonlyMap<string, LiveHost>, name: string): LiveHost {
	const host = hosts.get(name);
	if (host === undefined) throw new Error(`no host ${name}`);
	return host;
}

async function signalSessions(host: LiveHost, name: NodeJS.Signals): Promise<void> {
	for (const pid of await listDescendants(host.sshd.pid ?? 0)) signal(pid, name);
}

async function signalAll(host: LiveHost, name: NodeJS.Signals): Promise<void> {
	await signalSessions(host, name);
	signal(host.sshd.pid ?? 0, name);
}

/** What runs below the sessions, not the sessions themselves. */
async function signalShells(host: LiveHost, name: NodeJS.Signals): Promise<void> {
	const children = await run('pgrep', ['--parent', String(host.sshd.pid ?? 0)]).catch(() => '');
	for (const session of children.split('\n').filter(Boolean)) {
		for (const pid of await listDescendants(Number(session))) signal(pid, name);
	}
}

async function stopSshd(host: LiveHost): Promise<void> {
	await killTree(host.sshd);
	if (host.sshd.exitCode === null && host.sshd.signalCode === null) await once(host.sshd, 'exit');
}

async function startSshd(host: LiveHost, ward: FaultWard): Promise<void> {
	host.sshd = await ward.startSshd(host.port);
}

/** Takes away the answer to some paths, and gives it back with a fresh engine. */
function hanging(paths: readonly string[], facts: Pick<LiveFault, 'fault' | 'words'>): LiveFault {
	let kept: FakeEngine['answers'] = {};
	return {
		...facts,
		provokedBy: 'a scripted engine',
		host: 'live-1',
		noticeWithinMs: 150_000,
		inflict(hosts) {
			const {answers} = hostOf(hosts, 'live-1').engine.current();
			kept = {...answers};
			for (const path of paths) answers[path] = hang;
			return Promise.resolve();
		},
		async lift(hosts) {
			const {engine} = hostOf(hosts, 'live-1');
			Object.assign(engine.current().answers, kept);
			await engine.stop();
			await engine.start();
		},
	};
}

const offline = ['live-1', 'live-2', 'live-3', 'gate', 'inner-1', 'inner-2'];

export const liveFaults: readonly LiveFault[] = [
	{
		fault: 'sshd and its sessions are killed, and start again',
		provokedBy: real,
		words: /connection lost|connection refused/,
		host: 'live-1',
		inflict: (hosts) => stopSshd(hostOf(hosts, 'live-1')),
		lift: (hosts, ward) => startSshd(hostOf(hosts, 'live-1'), ward),
	},
	{
		fault: 'the host falls silent with its connections open',
		provokedBy: 'a real sshd, frozen',
		words: /host stopped answering/,
		host: 'live-1',
		inflict: (hosts) => signalAll(hostOf(hosts, 'live-1'), 'SIGSTOP'),
		lift: (hosts) => signalAll(hostOf(hosts, 'live-1'), 'SIGCONT'),
	},
	{
		fault: 'programs and engine stop answering, sshd goes on',
		provokedBy: 'real shells, frozen, and a scripted engine',
		words: /connected, but silent/,
		host: 'live-2',
		async inflict(hosts) {
			const {engine} = hostOf(hosts, 'live-2');
			for (const path of Object.keys(engine.current().answers)) engine.current().answers[path] = hang;
			await signalShells(hostOf(hosts, 'live-2'), 'SIGSTOP');
		},
		async lift(hosts) {
			const {engine} = hostOf(hosts, 'live-2');
			await signalShells(hostOf(hosts, 'live-2'), 'SIGCONT');
			await engine.stop();
			await engine.start();
		},
	},
	{
		fault: 'the jump host dies; two hosts are behind it',
		provokedBy: real,
		words: /lost with jump host gate|jump host gate:/,
		host: 'inner-1',
		inflict: (hosts) => stopSshd(hostOf(hosts, 'gate')),
		lift: (hosts, ward) => startSshd(hostOf(hosts, 'gate'), ward),
	},
	hanging(['/_ping', '/containers/json', '/info', '/version'], {
		fault: 'the engine stops answering altogether',
		words: /socket accepts, ping does not/,
	}),
	hanging(['/info', '/version'], {
		fault: 'containerd hangs: list answers, info does not',
		words: /list answers, info does not/,
	}),
	{
		fault: 'the engine is stopped',
		provokedBy: 'a scripted engine',
		words: /engine down|no engine socket/,
		host: 'live-3',
		inflict: (hosts) => hostOf(hosts, 'live-3').engine.stop(),
		lift: (hosts) => hostOf(hosts, 'live-3').engine.start(),
	},
	{
		fault: 'this machine loses its network: every host falls silent at once',
		provokedBy: 'real sshds, all frozen',
		words: /this machine seems to be offline: \d+ hosts lost within \S+/,
		everywhere: true,
		host: 'live-1',
		async inflict(hosts) {
			for (const name of offline) await signalAll(hostOf(hosts, name), 'SIGSTOP');
		},
		async lift(hosts) {
			for (const name of offline) await signalAll(hostOf(hosts, name), 'SIGCONT');
		},
	},
	{
		fault: 'this machine sleeps for 40 s',
		provokedBy: 'the program itself, frozen',
		words: /this machine slept/,
		countsFromEnd: true,
		everywhere: true,
		host: 'live-1',
		async inflict(_hosts, _ward, boardPid) {
			signal(boardPid, 'SIGSTOP');
			const {setTimeout: pause} = await import('node:timers/promises');
			await pause(40_000);
			signal(boardPid, 'SIGCONT');
		},
		lift: () => Promise.resolve(),
	},
];
