/**
 * The life of the fleet: containers of hosts that are well stop, start and are checked now and then; those in a
 * restart loop die and come back every few seconds. Lives by the clock alone and ends when told.
 */
import type {Clock} from '../support/clock.ts';
import type {DemoHost} from './demo-host.ts';
import {bridgeDownLines, bridgeUpLines} from './kernel-stories.ts';
import {createRandom, type Random} from './random.ts';

export type DemoLife = {close(): void};

/** A turn is a health check (three events) or, in turn, a stop (three) or a start (one). */
const checkShare = 0.3;
const eventsPerTurn = checkShare * 3 + (1 - checkShare) * 2;
const shortestTurnMs = 50;
/** A loop is first met waiting, then turns fast enough that whoever looks for ten seconds sees it for what it is. */
const loopFirstDownMs = 4000;
const loopUpMs = 300;
const loopDownMs = 1200;

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
	const calm = hosts.filter(({plan}) => isReachable(plan) && plan.engineFault === 'none').map(createResident);
	const turnsPerSecond = eventsPerSecond / eventsPerTurn;
	const delayMs = Math.max(shortestTurnMs, 1000 / turnsPerSecond);
	let turnsOwed = 0;
	const live = (): void => {
		for (turnsOwed += (turnsPerSecond * delayMs) / 1000; turnsOwed > 0.5; turnsOwed--) {
			calm[random.integer(0, calm.length - 1)]?.(random, clock.now());
		}
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

/** One host's turns: what it stopped it starts again before it stops another, so that the fleet stays as it was. */
function createResident({ward, kernelLog}: DemoHost): (random: Random, at: number) => void {
	let stopped: string | null = null;
	return (random, at) => {
		const running = ward
			.list()
			.filter(({state, loops, health}) => state === 'running' && !loops && health !== 'unhealthy');
		const container = running[random.integer(0, running.length - 1)];
		if (container !== undefined && random.chance(checkShare)) {
			ward.check(container.id, at);
		} else if (stopped !== null) {
			ward.start(stopped, at);
			kernelLog.append(bridgeUpLines(running.length + 1, interfaceOf(stopped)));
			stopped = null;
		} else if (container !== undefined) {
			stopped = container.id;
			ward.stop(stopped, at);
			kernelLog.append(bridgeDownLines(running.length, interfaceOf(stopped)));
		}
	};
}

function interfaceOf(containerId: string): string {
	return `veth${containerId.slice(0, 7)}`;
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
	after(loopFirstDownMs, start);
}
