/**
 * The life of the fleet: containers of hosts that are well stop, start and are checked now and then; those in a
 * restart loop die and come back every few seconds. Lives by the clock alone and ends when told.
 */
import type {Clock} from '../support/clock.ts';
import type {DemoHost} from './demo-host.ts';
import {bridgeDownLines, bridgeUpLines} from './kernel-stories.ts';
import {createRandom, type Random} from './random.ts';

export type DemoLife = {close(): void};

/** A turn tells about two engine events on average. */
const eventsPerTurn = 2;
const shortestTurnMs = 50;
const loopUpMs = 1500;
const loopDownMs = 2500;

export function startDemoLife(hosts: readonly DemoHost[], clock: Clock, eventsPerSecond: number): DemoLife {
	const random = createRandom('life');
	const timers = new Set<() => void>();
	const after = (delayMs: number, callback: () => void): void => {
		const cancel = clock.schedule(delayMs, () => {
			timers.delete(cancel);
			callback();
		});
		timers.add(cancel);
	};
	const calm = hosts.filter(({plan}) => isReachable(plan) && plan.engineFault === 'none');
	const turnsPerSecond = eventsPerSecond / eventsPerTurn;
	const delayMs = Math.max(shortestTurnMs, 1000 / turnsPerSecond);
	const turnsPerDelay = Math.max(1, Math.round((turnsPerSecond * delayMs) / 1000));
	const live = (): void => {
		for (let turn = 0; turn < turnsPerDelay; turn++) takeTurn(calm, random, clock.now());
		after(delayMs, live);
	};
	if (calm.length > 0 && eventsPerSecond > 0) after(delayMs, live);
	for (const host of hosts) {
		if (isReachable(host.plan) && host.plan.containerStory === 'restart-loop') loopForever(host, after);
	}
	return {
		close() {
			for (const cancel of timers) cancel();
			timers.clear();
		},
	};
}

function isReachable({door}: DemoHost['plan']): boolean {
	return door !== 'silent' && door !== 'closed';
}

function takeTurn(hosts: readonly DemoHost[], random: Random, at: number): void {
	const host = hosts[random.integer(0, hosts.length - 1)];
	if (host === undefined) return;
	const {ward, kernelLog} = host;
	const steady = ward.list().filter(({loops, health}) => !loops && health !== 'unhealthy');
	const container = steady[random.integer(0, steady.length - 1)];
	if (container === undefined) return;
	const port = steady.indexOf(container) + 1;
	const interfaceName = `veth${container.id.slice(0, 7)}`;
	if (container.state !== 'running') {
		ward.start(container.id, at);
		kernelLog.append(bridgeUpLines(port, interfaceName));
	} else if (random.chance(0.3)) {
		ward.check(container.id, at);
	} else {
		ward.stop(container.id, at);
		kernelLog.append(bridgeDownLines(port, interfaceName));
	}
}

function loopForever({ward, clock}: DemoHost, after: (delayMs: number, callback: () => void) => void): void {
	const die = (): void => {
		for (const {id, loops} of ward.list()) if (loops) ward.die(id, clock.now(), 1);
		after(loopDownMs, start);
	};
	const start = (): void => {
		for (const {id, loops} of ward.list()) if (loops) ward.start(id, clock.now());
		after(loopUpMs, die);
	};
	after(loopUpMs, die);
}
