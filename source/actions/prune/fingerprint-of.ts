/** Names a plan by what it would do, so that the audit can say that what was confirmed is what was run. */
import {createHash} from 'node:crypto';
import type {HostKey} from '../../model/host.ts';
import type {PruneItem} from '../../model/prune-plan.ts';

/** 12 hexadecimal digits of a hash over the host, the objects and the exact calls; neither order, time nor words count. */
export function fingerprintOf(hostKey: HostKey, items: readonly Pick<PruneItem, 'key' | 'calls'>[]): string {
	const lines = items.map(({key, calls}) => JSON.stringify([key, ...calls])).sort();
	return createHash('sha256')
		.update(JSON.stringify([hostKey, ...lines]))
		.digest('hex')
		.slice(0, 12);
}
