/** Everything a prune plan is made from: what one host was read to hold, what a person asks for, and the time. */
import type {DiskUsage, ImageLayer} from '../../model/disk-usage.ts';
import type {Host} from '../../model/host.ts';
import type {PrunePlan, PruneWishes} from '../../model/prune-plan.ts';
import type {Filesystem} from '../../model/readings.ts';

/** Somebody who will want an image although no container of it exists right now. */
export type ImageReferrer = {
	readonly kind: 'compose-project' | 'swarm-service';
	readonly name: string;
	/** As written there: `shop/web:1`, `shop/web@sha256:…`, `shop/web:1@sha256:…` or an image id. */
	readonly reference: string;
};

export type PruneInput = {
	readonly host: Pick<Host, 'key' | 'name'>;
	/** With stop and tag times filled in (`withTimes`): the lists of an engine come without them. */
	readonly usage: DiskUsage;
	/** Layers by image id, of as many of `imagesToInspect` as could be asked; those missing make the reclaim a range. */
	readonly layersOf: ReadonlyMap<string, readonly ImageLayer[]>;
	/** The file system under the engine's root; null when it could not be read. */
	readonly filesystem: Filesystem | null;
	/** Storage driver as the engine names it; null when unknown. Decides how layers lie on the disk. */
	readonly driver: string | null;
	/** True with the containerd image store, where even an image built here has a repository digest. */
	readonly hasContainerdStore: boolean;
	readonly wishes: PruneWishes;
	readonly referrers: readonly ImageReferrer[];
	/** What else could not be read that would have kept objects, or cautioned about them. */
	readonly unread?: PrunePlan['unread'];
	/** Milliseconds since the epoch by the host's clock, or by ours where the host did not say. */
	readonly now: number;
};
