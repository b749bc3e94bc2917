/** Listens to an engine's events about containers, images and itself. */
import type {EngineClient, EngineQuery} from './engine-client.ts';
import {classifyRequestError} from './classify-request-error.ts';
import {EngineFault} from './engine-fault.ts';
import {isNewer} from './api-version.ts';
import {parseEvent, type EngineStreamEvent} from './parse-event.ts';

export type EventsOptions = {
	readonly client: EngineClient;
	readonly apiVersion: string | null;
	readonly signal: AbortSignal;
	readonly onOpen: () => void;
	/** Null stands for a line that could not be read: something happened, nobody knows what. */
	readonly onEvent: (event: EngineStreamEvent | null) => void;
	/** The stream has ended; null when the engine closed it in good order. */
	readonly onEnd: (fault: EngineFault | null) => void;
};

const lineLimit = 64 * 1024;

/** Health checks run `exec` events several times a second on a busy host; they are left out at the source. */
const wanted = {
	type: ['container', 'image', 'daemon'],
	event:
		'create start restart die died destroy remove rename pause unpause update health_status stop oom pull tag untag delete load import prune reload'.split(
			' ',
		),
};

export function openEvents(options: EventsOptions): void {
	void readEvents(options).then(
		() => options.onEnd(null),
		(error: Error) => options.onEnd(classifyRequestError(error)),
	);
}

async function readEvents({client, apiVersion, signal, onOpen, onEvent}: EventsOptions): Promise<void> {
	const query: EngineQuery =
		apiVersion !== null && isNewer(apiVersion, '1.23') ? {filters: JSON.stringify(wanted)} : {};
	const response = await client.stream('/events', query, signal).catch((error: unknown) => {
		// An engine that does not know one of the filters sends everything instead.
		if (error instanceof EngineFault && error.kind === 'http') return client.stream('/events', {}, signal);
		throw error;
	});
	onOpen();
	let partial = '';
	response.setEncoding('utf8');
	for await (const chunk of response as AsyncIterable<string>) {
		const lines = (partial + chunk).split('\n');
		partial = lines.pop() ?? '';
		if (partial.length > lineLimit) {
			partial = '';
			onEvent(null);
		}
		for (const line of lines) if (line.trim() !== '') onEvent(parseEvent(line));
	}
}
