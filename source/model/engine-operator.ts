/**
 * What may be asked of an engine beyond watching it. Reading is patient and bounded; removing is exact: one object, by
 * id, never forced, and never repeated when the answer is lost.
 */
import type {DiskUsage, DiskUsagePart, ImageLayer, ImageUse, MountedRegistry} from './disk-usage.ts';

/** What became of one object that was to be removed. */
export type Removal =
	/** `freedBytes` as the engine says; null where it does not. */
	| {readonly kind: 'removed'; readonly freedBytes: number | null; readonly detail: string}
	/** Somebody uses it: a kind refusal of the engine (HTTP 409). */
	| {readonly kind: 'in-use'; readonly detail: string}
	/** It was gone already (HTTP 404). */
	| {readonly kind: 'gone'}
	| {readonly kind: 'failed'; readonly detail: string; readonly noSpace: boolean}
	/** The request went out and no answer came: it may have happened. */
	| {readonly kind: 'unknown'; readonly detail: string};

export type EngineOperator = {
	readonly apiVersion: string | null;
	/** One part of the disk usage; one request in flight per endpoint. Rejects with `ReadingError`. */
	readDiskUsage<Part extends DiskUsagePart>(part: Part, signal: AbortSignal): Promise<DiskUsage[Part]>;
	/**
	 * Images without a name that these were built on, step by step, as classic builders leave them: no list has them, and
	 * they go only after what was built on them. Asked of the engine only when a parent is missing. Rejects with `ReadingError`.
	 */
	readParentImages(images: readonly ImageUse[], signal: AbortSignal): Promise<readonly ImageUse[]>;
	/** Rejects with `ReadingError`. */
	readImageLayers(imageId: string, signal: AbortSignal): Promise<readonly ImageLayer[]>;
	/** When a name was last put on each of these images, null where the engine does not keep it; images that are gone are left out. Rejects with `ReadingError`. */
	readTagTimes(imageIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number | null>>;
	/** The names (`repository:tag`) an image has right now; null when it is gone. Rejects with `ReadingError`. */
	readImageNames(imageId: string, signal: AbortSignal): Promise<readonly string[] | null>;
	/** When each of these containers stopped, null for those that run or never ran; containers that are gone are left out. Rejects with `ReadingError`. */
	readFinishTimes(containerIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number | null>>;
	/** Ids of the images that containers, running or not, use right now, with the containers' names. Rejects with `ReadingError`. */
	readImageUsers(signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>>;
	/** Containers of registry images, with what they mount to store in. Rejects with `ReadingError`. */
	readRegistries(signal: AbortSignal): Promise<readonly MountedRegistry[]>;
	/** Takes one name off an image, or removes an image that has none other; parents stay. */
	removeImage(reference: string, signal: AbortSignal): Promise<Removal>;
	removeContainer(id: string, signal: AbortSignal): Promise<Removal>;
	removeVolume(name: string, signal: AbortSignal): Promise<Removal>;
	removeBuildCache(id: string, signal: AbortSignal): Promise<Removal>;
};
