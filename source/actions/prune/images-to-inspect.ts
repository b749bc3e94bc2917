/** Which images' layers are worth asking for, one request each, before a plan is made. */
import type {ImageUse} from '../../model/disk-usage.ts';

/** Ids of the images that no listed image was built on: their chains hold the layers of all the others. */
export function imagesToInspect(images: readonly ImageUse[]): readonly string[] {
	const parents = new Set(images.map(({parentId}) => parentId));
	return images.filter(({id}) => !parents.has(id)).map(({id}) => id);
}
