/**
 * Reads from a connected host all that a plan is made from, and no more than its wishes need: object by object only
 * where that changes the plan. What cannot be read is a failed reading, and the plan says so.
 */
import type {DiskUsage, DiskUsagePart, ImageLayer, ImageUse} from '../../model/disk-usage.ts';
import type {EngineOperator} from '../../model/engine-operator.ts';
import type {HostOperator} from '../../model/host-operator.ts';
import {pending, valueOf, type Reading} from '../../model/reading.ts';
import {ReadingError} from '../../model/reading-error.ts';
import type {EngineInfo} from '../../model/readings.ts';
import type {PrunePlan, PruneWishes} from '../../model/prune-plan.ts';
import type {Clock} from '../../support/clock.ts';
import {wantsByAge, wantsDangling} from './default-wishes.ts';
import {imagesToInspect} from './images-to-inspect.ts';
import {planPrune} from './plan-prune.ts';
import type {PruneInput} from './prune-input.ts';
import {keepsBytesThere} from './reclaim-of.ts';
import {readReferrers} from './read-referrers.ts';
import {withTimes} from './with-times.ts';

export type GatherProgress = {
	readonly step: 'disk-usage' | 'times' | 'layers';
	readonly done: number;
	readonly of: number;
};

export type GatherOptions = {
	readonly operator: HostOperator;
	/** What the engine says of itself; null when that could not be read. */
	readonly info: EngineInfo | null;
	readonly wishes: PruneWishes;
	readonly clock: Clock;
	/** The host's clock minus ours, milliseconds; 0 where the host did not say. */
	readonly clockAheadMs?: number;
	readonly signal: AbortSignal;
	readonly onProgress?: (progress: GatherProgress) => void;
};

/** Where a containerd of its own keeps the images of an engine with the containerd store, unless it was configured. */
const containerdRoot = '/var/lib/containerd';

/** Rejects with `ReadingError` when the engine cannot be reached at all, and with the signal's reason. */
export async function gatherPruneInput(options: GatherOptions): Promise<PruneInput> {
	const {operator, info, wishes, clock, clockAheadMs = 0, signal} = options;
	const {engine} = operator;
	if (engine === null) throw new ReadingError('lost', 'the engine cannot be reached now');
	const hasContainerdStore = isContainerdStore(info);
	const [usage, filesystem] = await Promise.all([
		readUsage(engine, options).then((read) => addParents(engine, read, options)),
		findFilesystem(operator, info, hasContainerdStore, signal),
	]);
	const {referrers, unread: unreadReferrers} = await readReferrers(operator, info, usage, signal);
	const timed = await addTimes(engine, usage, options);
	const input: PruneInput = {
		host: {key: operator.hostKey, name: operator.hostName},
		usage: timed.usage,
		layersOf: new Map(),
		filesystem,
		driver: info?.driver ?? null,
		hasContainerdStore,
		wishes,
		referrers,
		unread: [...unreadReferrers, ...timed.unread],
		now: clock.now() + clockAheadMs,
	};
	return {...input, layersOf: await readLayers(engine, input, options)};
}

function isContainerdStore(info: EngineInfo | null): boolean {
	return (info?.driverStatus ?? []).some(
		([key, value]) => key === 'driver-type' && value.startsWith('io.containerd.snapshotter'),
	);
}

/** Null also for drivers whose pool `df` does not show: what came free there cannot be seen by it. */
async function findFilesystem(
	operator: HostOperator,
	info: EngineInfo | null,
	hasContainerdStore: boolean,
	signal: AbortSignal,
): Promise<PruneInput['filesystem']> {
	if (info === null || info.rootDir === '' || !keepsBytesThere(info.driver)) return null;
	const own = hasContainerdStore ? await operator.readFilesystem(containerdRoot, signal) : null;
	return own ?? (await operator.readFilesystem(info.rootDir, signal));
}

/** Containers always, because use is what they are; the build cache with images, because it may hold their layers. */
function partsFor(wishes: PruneWishes): ReadonlySet<DiskUsagePart> {
	const images = wantsByAge(wishes) || wantsDangling(wishes);
	return new Set<DiskUsagePart>([
		'containers',
		...(images || wishes.stoppedForMs !== null ? (['images'] as const) : []),
		...(images || wishes.buildCache ? (['buildCache'] as const) : []),
		...(wishes.volumes.length > 0 ? (['volumes'] as const) : []),
		...(wishes.logs || wishes.stoppedForMs !== null ? (['logFiles'] as const) : []),
	]);
}

async function readUsage(
	engine: EngineOperator,
	{wishes, clock, signal, onProgress}: GatherOptions,
): Promise<DiskUsage> {
	const parts = partsFor(wishes);
	let done = 0;
	const read = async <Part extends DiskUsagePart>(part: Part): Promise<DiskUsage[Part] | typeof pending> => {
		if (!parts.has(part)) return pending;
		const reading = await engine.readDiskUsage(part, signal).catch((error: unknown) => {
			signal.throwIfAborted();
			if (!(error instanceof ReadingError)) throw error;
			return {kind: 'failed', reason: error.failure, at: clock.now()} as const;
		});
		onProgress?.({step: 'disk-usage', done: ++done, of: parts.size});
		return reading as DiskUsage[Part];
	};
	const [images, containers, volumes, buildCache, logFiles] = await Promise.all([
		read('images'),
		read('containers'),
		read('volumes'),
		read('buildCache'),
		read('logFiles'),
	]);
	return {images, containers, volumes, buildCache, logFiles};
}

/** Without them an image would look as if it could go before what was built on it. */
async function addParents(engine: EngineOperator, usage: DiskUsage, options: GatherOptions): Promise<DiskUsage> {
	const {images} = usage;
	if (images.kind !== 'ok') return usage;
	try {
		const parents = await engine.readParentImages(images.value, options.signal);
		return {...usage, images: {...images, value: [...images.value, ...parents]}};
	} catch (error) {
		options.signal.throwIfAborted();
		if (!(error instanceof ReadingError)) throw error;
		return {...usage, images: {kind: 'failed', reason: error.failure, at: options.clock.now()}};
	}
}

type Timed = {readonly usage: DiskUsage; readonly unread: PrunePlan['unread']};

/**
 * Without them an image tagged yesterday would look as old as its build. An age that could not be asked is taken from
 * nowhere: what depends on it stays.
 */
async function addTimes(engine: EngineOperator, usage: DiskUsage, options: GatherOptions): Promise<Timed> {
	const {wishes, clock, clockAheadMs = 0, signal, onProgress} = options;
	const containers = valueOf(usage.containers) ?? [];
	const stopped =
		wantsByAge(wishes) || wishes.stoppedForMs !== null ? containers.filter(({state}) => !isUp(state)) : [];
	const isOld = ({builtAt}: ImageUse): boolean =>
		builtAt === null || clock.now() + clockAheadMs - builtAt >= (wishes.unusedForMs ?? 0);
	const tagged = wishes.unusedForMs === null ? [] : (valueOf(usage.images) ?? []).filter(isOld);
	const of = stopped.length + tagged.length;
	if (of === 0) return {usage, unread: []};
	onProgress?.({step: 'times', done: 0, of});
	try {
		const [finishTimes, tagTimes] = await Promise.all([
			engine.readFinishTimes(
				stopped.map(({id}) => id),
				signal,
			),
			engine.readTagTimes(
				tagged.map(({id}) => id),
				signal,
			),
		]);
		onProgress?.({step: 'times', done: of, of});
		return {usage: withTimes(usage, finishTimes, tagTimes), unread: []};
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof ReadingError)) throw error;
		const failed: Reading<never> = {kind: 'failed', reason: error.failure, at: clock.now()};
		const images = tagged.length > 0 ? failed : usage.images;
		const unread = [{part: 'last use', reason: error.failure.message}];
		return {usage: {...usage, images, containers: stopped.length > 0 ? failed : usage.containers}, unread};
	}
}

function isUp(state: string): boolean {
	return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Only where images would go, and only of images that share: the others' sizes are their layers. */
async function readLayers(
	engine: EngineOperator,
	input: PruneInput,
	{signal, onProgress}: GatherOptions,
): Promise<ReadonlyMap<string, readonly ImageLayer[]>> {
	const layersOf = new Map<string, readonly ImageLayer[]>();
	const widest = planPrune({...input, wishes: {...input.wishes, freeUntilRatio: null}});
	if (!widest.items.some(({kind}) => kind === 'image')) return layersOf;
	const images = valueOf(input.usage.images) ?? [];
	const sharing = new Set(images.filter(({sharedBytes}) => sharedBytes !== 0).map(({id}) => id));
	const isFullCopy = input.driver === 'vfs';
	const ids = imagesToInspect(images).filter((id) => isFullCopy || sharing.has(id));
	let done = 0;
	const takeNext = async (): Promise<void> => {
		for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
			const layers = await engine.readImageLayers(id, signal).catch(unlessUnreadable);
			signal.throwIfAborted();
			if (layers !== null) layersOf.set(id, layers);
			onProgress?.({step: 'layers', done: ++done, of: done + ids.length});
		}
	};
	await Promise.all([takeNext(), takeNext()]);
	return layersOf;
}

function unlessUnreadable(error: unknown): null {
	if (error instanceof ReadingError) return null;
	throw error;
}
