/** The containers of one demo host as they come and go, and the events its engine tells about that. */
import {createContainers} from './create-containers.ts';
import type {DemoContainer} from './demo-container.ts';
import {createEngineEventLog, type EngineEventLog} from './engine-event-log.ts';
import type {DemoHostPlan} from './host-plan.ts';

export type ContainerWard = {
	list(): readonly DemoContainer[];
	/** By id, unambiguous start of an id, or name. */
	find(reference: string): DemoContainer | undefined;
	start(id: string, at: number): void;
	/** Stopped by `docker stop`: signal, death, stop. */
	stop(id: string, at: number): void;
	/** Dies by itself; a looping container waits to be restarted, another stays down. */
	die(id: string, at: number, exitCode: number): void;
	/** Removed for good. */
	remove(id: string, at: number): void;
	/** A health check ran: three events, no change. */
	check(id: string, at: number): void;
	readonly events: Pick<EngineEventLog, 'recent' | 'subscribe'>;
};

/** Containers are made on first use: most hosts of a large fleet are never looked into. */
export function createContainerWard(plan: DemoHostPlan, startedAt: number): ContainerWard {
	let made: Map<string, DemoContainer> | null = null;
	const events = createEngineEventLog();
	const containers = (): Map<string, DemoContainer> =>
		(made ??= new Map(createContainers(plan, startedAt).map((container) => [container.id, container])));

	const change = (id: string, at: number, changes: Partial<DemoContainer>): DemoContainer | null => {
		const before = containers().get(id);
		if (before === undefined) return null;
		const after = {...before, ...changes, changedAt: at};
		containers().set(id, after);
		return after;
	};

	return {
		list: () => [...containers().values()],
		find: (reference) =>
			containers().get(reference) ??
			[...containers().values()].find(({id, name}) => name === reference || id.startsWith(reference)),
		start(id, at) {
			const started = change(id, at, {state: 'running'});
			if (started !== null) events.tell(started, 'start', at);
		},
		stop(id, at) {
			const stopped = change(id, at, {state: 'exited', exitCode: 0});
			if (stopped === null) return;
			events.tell(stopped, 'kill', at, {signal: '15'});
			events.tell(stopped, 'die', at, {exitCode: '0', execDuration: '12'});
			events.tell(stopped, 'stop', at);
		},
		die(id, at, exitCode) {
			const loops = containers().get(id)?.loops === true;
			const restartCount = (containers().get(id)?.restartCount ?? 0) + (loops ? 1 : 0);
			const dead = change(id, at, {state: loops ? 'restarting' : 'exited', exitCode, restartCount});
			if (dead !== null) events.tell(dead, 'die', at, {exitCode: String(exitCode), execDuration: '1'});
		},
		remove(id, at) {
			const removed = containers().get(id);
			if (removed === undefined) return;
			containers().delete(id);
			events.tell(removed, 'destroy', at);
		},
		check(id, at) {
			const container = containers().get(id);
			if (container === undefined) return;
			for (const action of ['exec_create: /bin/healthcheck', 'exec_start: /bin/healthcheck', 'exec_die']) {
				events.tell(container, action, at, {execID: id.slice(8, 40)});
			}
		},
		events,
	};
}
