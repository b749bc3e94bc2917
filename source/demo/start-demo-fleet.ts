/**
 * The embedded fleet: real SSH servers on loopback, in this process, each with its own host key, so that everything
 * a client does with a real host it does here too. Nothing leaves the machine, and closing leaves nothing behind.
 */
import {LadderError} from '../model/ladder-error.ts';
import type {Host, HostKey, SshTarget} from '../model/host.ts';
import type {ResolvedTarget} from '../model/resolved-target.ts';
import type {Clock} from '../support/clock.ts';
import {cast} from './cast.ts';
import {createDemoHost, type DemoHost} from './demo-host.ts';
import {createDemoKeyring, type DemoKeyring} from './demo-keyring.ts';
import {startDemoLife} from './demo-life.ts';
import {closedDoor, demoAddress, openDoor, type Door} from './door.ts';
import {planExtraHost} from './extras.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {accountName} from './host-texts.ts';
import {createOpenSshKey} from './openssh-key.ts';
import {createSshFront, type RunCommand} from './ssh-front.ts';

export type DemoFleetOptions = {
	/** How many hosts; the first twelve are the cast. */
	readonly size: number;
	readonly clock: Clock;
	/** Engine events told by the whole fleet, restart loops aside; by default one per host and minute. */
	readonly eventsPerSecond?: number;
	/** Only hosts without trouble, for load work. */
	readonly onlyHealthy?: boolean;
	/** What is different about single hosts, by name: 5,000 images, a slow report. */
	readonly changes?: Readonly<Record<string, Partial<DemoHostPlan>>>;
	/** Answers commands the simulated shell does not know; without it they are not found. */
	readonly runUnknownCommand?: RunCommand;
};

export type DemoFleet = {
	readonly hosts: readonly Host[];
	/** Port on `127.0.0.1` of each host. */
	readonly ports: ReadonlyMap<HostKey, number>;
	/** Rejects with `LadderError` for a destination that is no member. */
	resolve(target: SshTarget): Promise<ResolvedTarget>;
	close(): Promise<void>;
};

type Member = {readonly host: DemoHost; readonly door: Door; readonly knownHostsLines: readonly string[]};

export async function startDemoFleet(options: DemoFleetOptions): Promise<DemoFleet> {
	const {clock, size, onlyHealthy = false, eventsPerSecond = size / 60, changes = {}} = options;
	const plans = planFleet(size, onlyHealthy).map((plan) => ({...plan, ...changes[plan.name]}));
	const keyring = await createDemoKeyring();
	const members = await openMembers(plans, clock, keyring, options.runUnknownCommand);
	await keyring.writeKnownHosts(members.flatMap(({knownHostsLines}) => knownHostsLines));
	const life = startDemoLife(
		members.map(({host}) => host),
		clock,
		eventsPerSecond,
	);
	const ports = new Map(members.map(({host, door}) => [host.plan.name, door.port]));
	return {
		hosts: plans.map(describeHost),
		ports,
		async resolve(target) {
			const port = ports.get(target.destination);
			if (port === undefined) throw unknownMember(target.destination);
			return resolveMember(target.destination, port, keyring);
		},
		async close() {
			life.close();
			for (const {host} of members) host.kernelLog.close();
			await Promise.all(members.map(({door}) => door.close()));
			await keyring.close();
		},
	};
}

function planFleet(size: number, onlyHealthy: boolean): readonly DemoHostPlan[] {
	return Array.from({length: size}, (_, index) => {
		const member = onlyHealthy ? undefined : cast[index];
		return member ?? planExtraHost(index, onlyHealthy);
	});
}

/** All or none: a fleet that cannot open every door (too few file descriptors, say) leaves nothing behind. */
async function openMembers(
	plans: readonly DemoHostPlan[],
	clock: Clock,
	keyring: DemoKeyring,
	runUnknownCommand?: RunCommand,
): Promise<readonly Member[]> {
	const outcomes = await Promise.allSettled(
		plans.map((plan) => openMember(createDemoHost(plan, clock), keyring, runUnknownCommand)),
	);
	const members = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed === undefined) return members;
	await Promise.all(members.map(({door}) => door.close()));
	await keyring.close();
	throw failed.reason;
}

async function openMember(host: DemoHost, keyring: DemoKeyring, runUnknownCommand?: RunCommand): Promise<Member> {
	const {door: kind, name} = host.plan;
	if (kind === 'closed') return {host, door: closedDoor(), knownHostsLines: []};
	if (kind === 'silent') return {host, door: await openDoor(null), knownHostsLines: []};
	const hostKey = createOpenSshKey(name);
	const front = createSshFront(host, hostKey.privateText, keyring.clientPublicLine, runUnknownCommand);
	const door = await openDoor((socket) => front.receive(socket));
	// A changed key: known_hosts remembers another one.
	const known = kind === 'changed-key' ? createOpenSshKey(name) : hostKey;
	const line = `[${demoAddress}]:${door.port} ${known.publicLine}`;
	return {host, door, knownHostsLines: kind === 'unknown-key' ? [] : [line]};
}

function describeHost({name, role, env}: DemoHostPlan): Host {
	return {
		key: name,
		name,
		target: {kind: 'ssh', destination: name},
		sources: [{kind: 'demo', detail: 'embedded demo fleet'}],
		labels: {env, role},
		groups: [env, role],
		sudo: 'auto',
		demo: true,
	};
}

function resolveMember(destination: string, port: number, keyring: DemoKeyring): ResolvedTarget {
	return {
		destination,
		hostname: demoAddress,
		port,
		user: accountName,
		identityFiles: [keyring.identityFile],
		identitiesOnly: true,
		identityAgent: null,
		userKnownHostsFiles: [keyring.knownHostsFile],
		globalKnownHostsFiles: [],
		hostKeyAlias: null,
		strictHostKeyChecking: 'ask',
		connectTimeoutMs: null,
		proxyJump: null,
		proxyCommand: null,
	};
}

function unknownMember(destination: string): LadderError {
	return new LadderError({
		rung: 'resolve',
		code: 'name-not-found',
		summary: `no demo host is called ${destination}`,
		advice: 'Use one of the names on the demo board.',
		retry: 'never',
	});
}
