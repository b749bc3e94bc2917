/** Adds up `GET /images/json`, which costs an engine far less than its own disk usage report. */
import type {ImageTotals} from '../model/readings.ts';
import {asArray, asNumber, asObject, asText, type JsonObject} from './json-shape.ts';

const largestCount = 10;

/** `bytes` is the sum over images, so layers that several of them share count more than once. */
export function mapImageTotals(answer: unknown): ImageTotals {
	const images = new Map(asArray(answer).map((entry) => [asText(asObject(entry)['Id'], 128), asObject(entry)]));
	const sizes = [...images.values()].map((image) => asNumber(image['Size']));
	const known = sizes.filter((size) => size !== null);
	const largest = [...images.values()]
		.toSorted((one, other) => (asNumber(other['Size']) ?? 0) - (asNumber(one['Size']) ?? 0))
		.slice(0, largestCount)
		.map((image) => ({
			id: asText(image['Id'], 128),
			name: mapImageName(image),
			bytes: asNumber(image['Size']) ?? 0,
			createdAt: (asNumber(image['Created']) ?? 0) * 1000,
		}));
	return {
		count: images.size,
		bytes: known.length === images.size ? known.reduce((sum, size) => sum + size, 0) : null,
		isUpperBound: images.size > 1,
		largest,
	};
}

/** The first tag, else the repository of a digest, else `<none>`, as the engine's client prints it. */
function mapImageName(image: JsonObject): string {
	const tag = asArray(image['RepoTags'])
		.map((name) => asText(name))
		.find((name) => name !== '' && !name.startsWith('<none>'));
	const repository = asText(asArray(image['RepoDigests'])[0]).split('@')[0] ?? '';
	return tag ?? (repository === '' || repository === '<none>' ? '<none>' : `${repository}:<none>`);
}
