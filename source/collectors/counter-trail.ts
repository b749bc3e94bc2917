/** Remembers from one reading of the counters to the next what only two of them tell: who is still stuck, what rose. */
import type {BlockedTask, KernelCounters} from '../model/kernel-counters.ts';

/** Adds to a reading what the ones before it tell; one trail per connection, readings in order. */
export type CounterTrail = (counters: KernelCounters, at: number) => KernelCounters;

export function createCounterTrail(): CounterTrail {
	let previous: KernelCounters | null = null;
	return (counters, at) => {
		const joined = previous === null ? counters : joinReadings(previous, counters, at);
		previous = joined;
		return joined;
	};
}

function joinReadings(previous: KernelCounters, current: KernelCounters, at: number): KernelCounters {
	const before = new Map(previous.blockedTasks.map((task) => [task.pid, task]));
	const rose = previous.oomKills !== null && current.oomKills !== null && current.oomKills > previous.oomKills;
	return {
		...current,
		oomKillsRoseAt: rose ? at : previous.oomKillsRoseAt,
		blockedTasks: current.blockedTasks.map((task) => {
			const known = before.get(task.pid);
			return known !== undefined && isStillStuck(known, task)
				? {...task, since: known.since, readings: known.readings + 1}
				: task;
		}),
	};
}

/** A task that waits for its disk each time somebody looks has run in between: its count of switches has grown. */
function isStillStuck(before: BlockedTask, now: BlockedTask): boolean {
	return before.command === now.command && before.switches === now.switches && before.waitsIn === now.waitsIn;
}
