/** Asks an engine what single images and containers say about themselves, a few at a time and only those asked for. */
import type {ImageLayer} from '../model/disk-usage.ts';
import type {EngineOperator} from '../model/engine-operator.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {EngineReader} from './engine-reader.ts';
import {formatReference} from './format-reference.ts';
import {asArray, asObject, asText, type JsonObject} from './json-shape.ts';
import {parseEngineTime} from './parse-engine-time.ts';
import {mapImageLayers} from './read-image-layers.ts';

export type Inspector = Pick<EngineOperator, 'readImageLayers' | 'readImageNames' | 'readTagTimes' | 'readFinishTimes'>;

/** An image's layers never change, and a plan asks for many images again and again. */
const layersKept = 10_000;

/** The reader lets only two requests through at a time. */
export function createInspector(reader: EngineReader, timeoutMs: number): Inspector {
	const layersOf = new Map<string, readonly ImageLayer[]>();

	const read = async (path: string, signal: AbortSignal): Promise<unknown> =>
		reader.read({kind: 'inspection', path, query: {}, timeoutMs}, signal);

	const inspectAll = async (
		kind: 'images' | 'containers',
		ids: readonly string[],
		momentOf: (document: JsonObject) => number | null,
		signal: AbortSignal,
	): Promise<ReadonlyMap<string, number | null>> => {
		const moments = await Promise.all(
			[...new Set(ids)].map(async (id) => {
				const document = await read(`/${kind}/${pathOf(id)}/json`, signal).catch(unlessGone);
				return document === null ? [] : [[id, momentOf(asObject(document))] as const];
			}),
		);
		return new Map(moments.flat());
	};

	return {
		async readImageLayers(imageId, signal) {
			const known = layersOf.get(imageId);
			if (known !== undefined) return known;
			const path = pathOf(imageId);
			const [inspection, history] = await Promise.all([
				read(`/images/${path}/json`, signal),
				read(`/images/${path}/history`, signal),
			]);
			const layers = mapImageLayers(inspection, history);
			if (layersOf.size < layersKept) layersOf.set(imageId, layers);
			return layers;
		},
		async readImageNames(imageId, signal) {
			const document = await read(`/images/${pathOf(imageId)}/json`, signal).catch(unlessGone);
			if (document === null) return null;
			return asArray(asObject(document)['RepoTags'])
				.map((tag) => asText(tag, 300))
				.filter((tag) => tag !== '' && tag !== '<none>:<none>');
		},
		readTagTimes: (imageIds, signal) =>
			inspectAll(
				'images',
				imageIds,
				({Metadata: metadata}) => parseEngineTime(asObject(metadata)['LastTagTime']),
				signal,
			),
		readFinishTimes: (containerIds, signal) => inspectAll('containers', containerIds, finishTime, signal),
	};
}

/** The engine keeps the end of the last run while a container runs again. */
function finishTime({State: state}: JsonObject): number | null {
	const {Running: isRunning, FinishedAt: finishedAt} = asObject(state);
	return isRunning === true ? null : parseEngineTime(finishedAt);
}

function pathOf(id: string): string {
	const path = formatReference(id);
	if (path === null) throw new ReadingError('malformed', 'not an id an engine gives');
	return path;
}

function unlessGone(error: unknown): null {
	if (error instanceof ReadingError && error.failure.code === 'not-found') return null;
	throw error;
}
