/** Puts the moments that are asked object by object into the lists they belong to. */
import type {DiskUsage} from '../../model/disk-usage.ts';
import type {Reading} from '../../model/reading.ts';

/**
 * Stop times by container id and tag times by image id, from `EngineOperator.readFinishTimes` and `readTagTimes`. Ages
 * are wrong without them: an image tagged yesterday looks as old as its build.
 */
export function withTimes(
	usage: DiskUsage,
	finishTimes: ReadonlyMap<string, number | null>,
	tagTimes: ReadonlyMap<string, number | null>,
): DiskUsage {
	return {
		...usage,
		containers: mapReading(usage.containers, (container) => ({
			...container,
			finishedAt: finishTimes.get(container.id) ?? container.finishedAt,
		})),
		images: mapReading(usage.images, (image) => ({...image, taggedAt: tagTimes.get(image.id) ?? image.taggedAt})),
	};
}

function mapReading<T>(reading: Reading<readonly T[]>, map: (value: T) => T): Reading<readonly T[]> {
	return reading.kind === 'ok' ? {...reading, value: reading.value.map(map)} : reading;
}
