/** Where plans are made, confirmed and run while the screen shows something else: it lives beside the fleet's store. */
import type {HostKey} from './host.ts';
import type {ItemOutcome, PrunePlan, PruneResult} from './prune-plan.ts';

export type PruneHostState =
	/** `progress` says in words how far the reading is; null at its beginning. */
	| {readonly kind: 'reading'; readonly progress: string | null}
	| {readonly kind: 'failed'; readonly reason: string}
	| {readonly kind: 'planned'; readonly plan: PrunePlan}
	| {
			readonly kind: 'running';
			readonly plan: PrunePlan;
			readonly outcomes: ReadonlyMap<string, ItemOutcome>;
			/** Key of the object under way; null between objects. */
			readonly underWay: string | null;
			readonly isVerifying: boolean;
	  }
	| {readonly kind: 'ended'; readonly result: PruneResult};

export type PruneHost = {
	readonly hostKey: HostKey;
	readonly hostName: string;
	/** A person took it out of the run. */
	readonly isLeftOut: boolean;
	/** Keys of the plan as it was first made, in its order: what is taken out keeps its place in the list. */
	readonly offered: readonly string[];
	readonly state: PruneHostState;
};

export type PruneRun = {
	readonly id: number;
	/** Milliseconds since the epoch. */
	readonly openedAt: number;
	readonly stage: 'planning' | 'running' | 'stopping' | 'ended' | 'given-up';
	readonly hosts: readonly PruneHost[];
};

export type PruneDesk = {
	/** Oldest first. */
	getState(): readonly PruneRun[];
	/** Returns a function that unsubscribes. */
	subscribe(listener: () => void): () => void;
	/** Plans for these hosts and returns the run's id; a run of the same hosts that is still to be confirmed, or under way, is that run. */
	open(hostKeys: readonly HostKey[]): number;
	/** Takes an object out of the plan, or puts it back in. */
	toggle(runId: number, hostKey: HostKey, itemKey: string): void;
	/** Leaves a host out of the run, or takes it in again. */
	toggleHost(runId: number, hostKey: HostKey): void;
	/** Runs exactly what is planned now, on all hosts that are planned and not left out. */
	run(runId: number): void;
	/** Gives a plan up; ends a run between two objects. */
	stop(runId: number): void;
};

/** Plans that would be run now: of hosts that are planned, have objects, and are not left out. */
export function plansToRun({hosts}: PruneRun): readonly PrunePlan[] {
	return hosts.flatMap(({isLeftOut, state}) =>
		!isLeftOut && state.kind === 'planned' && state.plan.items.length > 0 ? [state.plan] : [],
	);
}
