/** Holds the plans and runs of a session; what a key changes shows at once, the progress of many hosts at a steady pace. */
import type {HostKey} from '../../model/host.ts';
import type {PruneHost, PruneRun} from '../../model/prune-desk.ts';
import type {Clock} from '../../support/clock.ts';

export type PruneRuns = {
	getState(): readonly PruneRun[];
	subscribe(listener: () => void): () => void;
	find(runId: number): PruneRun | undefined;
	/** Keeps the new one and drops the oldest that nothing happens to any more. */
	add(run: PruneRun): void;
	change(runId: number, fold: (run: PruneRun) => PruneRun): void;
	changeHost(runId: number, hostKey: HostKey, fold: (host: PruneHost) => PruneHost): void;
	/** Listeners hear of the changes soon, of many at once. */
	notifySoon(): void;
	notify(): void;
};

const coalesceMs = 100;
const mostRuns = 50;

export function createPruneRuns(clock: Clock): PruneRuns {
	let runs: readonly PruneRun[] = [];
	let isNotifying = false;
	const listeners = new Set<() => void>();

	const notify = (): void => {
		for (const listener of listeners) listener();
	};
	const change: PruneRuns['change'] = (runId, fold) => {
		runs = runs.map((known) => (known.id === runId ? fold(known) : known));
	};
	return {
		getState: () => runs,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		find: (runId) => runs.find(({id}) => id === runId),
		add(run) {
			runs = dropOldest([...runs, run]);
		},
		change,
		changeHost(runId, hostKey, fold) {
			change(runId, (known) => ({
				...known,
				hosts: known.hosts.map((host) => (host.hostKey === hostKey ? fold(host) : host)),
			}));
		},
		notify,
		notifySoon() {
			if (isNotifying) return;
			isNotifying = true;
			clock.schedule(coalesceMs, () => {
				isNotifying = false;
				notify();
			});
		},
	};
}

function dropOldest(runs: readonly PruneRun[]): readonly PruneRun[] {
	const idle = runs.filter(({stage}) => stage === 'ended' || stage === 'given-up');
	const dropped = new Set(idle.slice(0, Math.max(0, runs.length - mostRuns)));
	return runs.filter((run) => !dropped.has(run));
}
