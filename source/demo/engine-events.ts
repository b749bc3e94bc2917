/** `GET /events` of a demo host's engine: what is kept since a time, then what happens, one JSON document per line. */
import type {ServerResponse} from 'node:http';
import type {DemoHost} from './demo-host.ts';
import type {DemoEngineEvent} from './engine-event-log.ts';

/** Honours `since`, `until` (in the past) and the `type` and `event` filters, in the map and the list form. */
export function streamEvents(host: DemoHost, query: URLSearchParams, response: ServerResponse): void {
	const filters = parseFilters(query.get('filters'));
	const wanted = ({Type, Action}: DemoEngineEvent): boolean =>
		accepts(filters.get('type'), Type) && accepts(filters.get('event'), Action.split(':')[0] ?? Action);
	const write = (event: DemoEngineEvent): void => {
		if (wanted(event)) response.write(`${JSON.stringify(event)}\n`);
	};
	response.writeHead(200, {'Content-Type': 'application/json'});
	response.flushHeaders();
	const since = Number(query.get('since') ?? Number.NaN);
	for (const event of host.ward.events.recent()) {
		if (event.timeNano / 1e9 >= since) write(event);
	}
	if (Number(query.get('until') ?? Infinity) <= host.clock.now() / 1000) {
		response.end();
		return;
	}
	const unsubscribe = host.ward.events.subscribe(write);
	response.once('close', unsubscribe);
}

/** `{"type":{"container":true}}` or `{"type":["container"]}`; nonsense filters nothing. */
export function parseFilters(text: string | null): ReadonlyMap<string, readonly string[]> {
	if (text === null || text === '') return new Map();
	try {
		const document: unknown = JSON.parse(text);
		if (typeof document !== 'object' || document === null) return new Map();
		return new Map(
			Object.entries(document).map(([name, values]: [string, unknown]) => [
				name,
				Array.isArray(values) ? values.map(String) : Object.keys(values as object),
			]),
		);
	} catch {
		return new Map();
	}
}

export function accepts(wanted: readonly string[] | undefined, value: string): boolean {
	return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}
