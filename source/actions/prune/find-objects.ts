/** Looks whether objects of a plan are still there. */
import type {EngineOperator} from '../../model/engine-operator.ts';
import type {PruneItem, PruneObjectKind} from '../../model/prune-plan.ts';
import {valueOf} from '../../model/reading.ts';
import {ReadingError} from '../../model/reading-error.ts';

/** True while it is there; null when nobody can tell. Rejects for nothing but bugs and the signal's reason. */
export async function isThere(item: PruneItem, engine: EngineOperator, signal: AbortSignal): Promise<boolean | null> {
	try {
		if (item.kind === 'image') return (await engine.readImageNames(item.id, signal)) !== null;
		if (item.kind === 'container') return (await engine.readFinishTimes([item.id], signal)).has(item.id);
		return (await listIds(item.kind, engine, signal))?.has(item.id) ?? null;
	} catch (error) {
		if (error instanceof ReadingError) return null;
		throw error;
	}
}

/** Ids (of volumes: names) of all there are of a kind, freshly listed; null when they could not be. */
export async function listIds(
	kind: PruneObjectKind,
	engine: EngineOperator,
	signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
	try {
		switch (kind) {
			case 'image':
				return idsOf(valueOf(await engine.readDiskUsage('images', signal)));
			case 'container':
				return idsOf(valueOf(await engine.readDiskUsage('containers', signal)));
			case 'build-cache':
				return idsOf(valueOf(await engine.readDiskUsage('buildCache', signal)));
			case 'volume': {
				const volumes = valueOf(await engine.readDiskUsage('volumes', signal));
				return volumes === null ? null : new Set(volumes.map(({name}) => name));
			}
		}
	} catch (error) {
		if (error instanceof ReadingError) return null;
		throw error;
	}
}

function idsOf(objects: readonly {readonly id: string}[] | null): ReadonlySet<string> | null {
	return objects === null ? null : new Set(objects.map(({id}) => id));
}
