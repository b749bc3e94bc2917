/**
 * Removes one object of a plan by exactly the calls that were confirmed. Whether an image is still unused, and still has
 * only the names that were shown, is looked at right before: what changed since stays.
 */
import type {EngineOperator, Removal} from '../../model/engine-operator.ts';
import {bareId} from '../../model/image-names.ts';
import type {ItemOutcome, PruneItem} from '../../model/prune-plan.ts';
import {parsePruneCall, type PruneCall} from './prune-calls.ts';

export type Removed = {
	readonly outcome: ItemOutcome;
	/** The engine had no room to write what removing takes. */
	readonly noSpace: boolean;
};

export type RemoveItemOptions = {
	readonly engine: EngineOperator;
	/** Names of the plan's containers: one that is still there has not just been started. */
	readonly plannedContainers: ReadonlySet<string>;
	/** Ends the looking only: a removal under way is never broken off, because then nobody knows. */
	readonly signal: AbortSignal;
};

const neverAborted = new AbortController().signal;

/** Rejects with `ReadingError` when the use of an image could not be looked at: then nothing was sent. */
export async function removeItem(item: PruneItem, options: RemoveItemOptions): Promise<Removed> {
	const calls = item.calls.map(parsePruneCall);
	// A line that was shown and cannot be read back must not be guessed.
	if (calls.includes(null) || calls.length === 0) return failed('the plan names no call for it; nothing was sent');
	let wanted = calls.filter((call) => call !== null);
	if (item.kind === 'image') {
		const found = await lookAtImage(item, wanted, options);
		if ('outcome' in found) return found;
		wanted = [...found.calls];
	}
	return await removeByCalls(wanted, options.engine);
}

async function removeByCalls(calls: readonly PruneCall[], engine: EngineOperator): Promise<Removed> {
	const done: string[] = [];
	let last: Removal = {kind: 'gone'};
	for (const {operation, target} of calls) {
		last = await engine[operation](target, neverAborted);
		// A name that is gone leaves the others to take away.
		const isLast = done.length === calls.length - 1;
		if (last.kind !== 'removed' && !(last.kind === 'gone' && !isLast)) break;
		done.push(target);
	}
	return describe(last, last.kind === 'removed' ? [] : done);
}

function describe(removal: Removal, done: readonly string[]): Removed {
	const before = done.length === 0 ? '' : ` (its names ${done.join(', ')} are gone already)`;
	switch (removal.kind) {
		case 'removed':
			return {outcome: {kind: 'removed', freedBytes: removal.freedBytes}, noSpace: false};
		case 'gone':
			return {outcome: {kind: 'gone'}, noSpace: false};
		case 'failed':
			return {outcome: {kind: 'failed', detail: `${removal.detail}${before}`}, noSpace: removal.noSpace};
		case 'in-use':
		case 'unknown':
			return {outcome: {kind: removal.kind, detail: `${removal.detail}${before}`}, noSpace: false};
	}
}

async function lookAtImage(
	item: PruneItem,
	calls: readonly PruneCall[],
	{engine, plannedContainers, signal}: RemoveItemOptions,
): Promise<Removed | {readonly calls: readonly PruneCall[]}> {
	const names = await engine.readImageNames(item.id, signal);
	if (names === null) return {outcome: {kind: 'gone'}, noSpace: false};
	const newNames = names.filter((name) => !item.names.includes(name));
	if (newNames.length > 0) return inUse(`named since: ${newNames.join(', ')}`);
	// Asked last: between this answer and the removal there is nothing but the request.
	const users = usersOf(item.id, await engine.readImageUsers(signal));
	const newUsers = users.filter((name) => !plannedContainers.has(name));
	if (newUsers.length > 0) return inUse(`started since: ${newUsers.join(', ')}`);
	if (users.length > 0) return inUse(`still used by ${users.join(', ')}`);
	// A name that moved to another image meanwhile is that image's.
	return {calls: calls.filter(({target}) => !isTag(target, item) || names.includes(target))};
}

function isTag(target: string, {id}: PruneItem): boolean {
	return target !== id && !target.includes('@');
}

function usersOf(id: string, users: ReadonlyMap<string, readonly string[]>): readonly string[] {
	return [...users].filter(([imageId]) => bareId(imageId) === bareId(id)).flatMap(([, names]) => names);
}

function inUse(detail: string): Removed {
	return {outcome: {kind: 'in-use', detail}, noSpace: false};
}

function failed(detail: string): Removed {
	return {outcome: {kind: 'failed', detail}, noSpace: false};
}
