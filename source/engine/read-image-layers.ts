/** The layers of one image with what each keeps on disk, named so that the same layer of two images has one name. */
import {createHash} from 'node:crypto';
import type {ImageLayer} from '../model/disk-usage.ts';
import {ReadingError} from '../model/reading-error.ts';
import {asArray, asNumber, asObject, asText} from './json-shape.ts';

/** A layer that changes nothing: SHA-256 of an empty tar archive. */
const emptyDiff = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/** Steps of a build that never make a layer, as both builders write them in the history. */
const metadataStep =
	/^(?:\/bin\/sh -c #\(nop\) +)?(?:CMD|ENV|LABEL|EXPOSE|ENTRYPOINT|USER|STOPSIGNAL|ONBUILD|VOLUME|ARG|MAINTAINER|HEALTHCHECK|SHELL)\b/;

/**
 * `inspection` is `GET /images/{id}/json`, `history` is `GET /images/{id}/history`, newest step first. Rejects sizes it
 * cannot match to layers: throws `ReadingError` `unsupported`.
 */
export function mapImageLayers(inspection: unknown, history: unknown): readonly ImageLayer[] {
	const diffIds = asArray(asObject(asObject(inspection)['RootFS'])['Layers']).map((id) => asText(id, 128));
	if (diffIds.some((id) => !/^[a-z0-9]+:[0-9a-f]{32,128}$/.test(id))) {
		throw new ReadingError('malformed', 'the engine names a layer of the image in no way known here');
	}
	const sizes = matchSizes(diffIds, history);
	if (sizes === null) {
		throw new ReadingError('unsupported', 'the engine does not say which size belongs to which layer of the image');
	}
	let chainId = '';
	return diffIds.map((diffId, index) => {
		chainId = chainId === '' ? diffId : chainIdOf(chainId, diffId);
		return {chainId, sizeBytes: sizes[index] ?? 0};
	});
}

/** OCI image specification, "Layer ChainID". */
function chainIdOf(parent: string, diffId: string): string {
	return `sha256:${createHash('sha256').update(`${parent} ${diffId}`).digest('hex')}`;
}

/**
 * The history does not say which steps made a layer. Those with a size did; a step without one may have made an empty
 * layer. Sizes are matched only where one way of matching is left.
 */
function matchSizes(diffIds: readonly string[], history: unknown): readonly number[] | null {
	const steps = asArray(history)
		.map(asObject)
		.map((step) => ({sizeBytes: asNumber(step['Size']) ?? -1, by: asText(step['CreatedBy'], 200)}))
		.toReversed();
	if (steps.some(({sizeBytes}) => sizeBytes < 0)) return null;
	const sized = steps.filter(({sizeBytes}) => sizeBytes > 0).map(({sizeBytes}) => sizeBytes);
	if (sized.length === diffIds.length || sized.length === 0) return diffIds.map((_, index) => sized[index] ?? 0);
	const possible = steps.filter(({sizeBytes, by}) => sizeBytes > 0 || !metadataStep.test(by));
	if (possible.length === diffIds.length) return possible.map(({sizeBytes}) => sizeBytes);
	const filled = diffIds.filter((id) => id !== emptyDiff);
	if (filled.length !== sized.length) return null;
	let next = 0;
	return diffIds.map((id) => (id === emptyDiff ? 0 : (sized[next++] ?? 0)));
}
