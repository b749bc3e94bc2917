/** Reads one line of `GET /events`: an object per line, with different fields before API 1.22. */
import {asLabels, asNumber, asObject, asText} from './json-shape.ts';

export type EngineStreamEvent = {
	readonly type: 'container' | 'image' | 'daemon' | 'other';
	/** `start`, `die`, `health_status: unhealthy`… */
	readonly action: string;
	readonly id: string;
	readonly attributes: Readonly<Record<string, string>>;
	/** Milliseconds since the epoch by the host's clock; null when not said. */
	readonly at: number | null;
};

/** Null for a line that is no event. */
export function parseEvent(line: string): EngineStreamEvent | null {
	const fields = asObject(parseJson(line));
	const actor = asObject(fields['Actor']);
	const action = asText(fields['Action'], 200) || asText(fields['status'], 200);
	if (action === '') return null;
	const seconds = asNumber(fields['time']);
	const nanoseconds = asNumber(fields['timeNano']);
	return {
		type: mapType(asText(fields['Type'], 30)),
		// Podman's own words reach its compatible API in some versions.
		action: action === 'died' ? 'die' : action === 'remove' ? 'destroy' : action,
		id: asText(actor['ID'], 300) || asText(fields['id'], 300),
		attributes: asLabels(actor['Attributes']),
		at: nanoseconds !== null && nanoseconds > 0 ? nanoseconds / 1e6 : seconds === null ? null : seconds * 1000,
	};
}

function mapType(word: string): EngineStreamEvent['type'] {
	if (word === '') return 'container';
	return word === 'container' || word === 'image' || word === 'daemon' ? word : 'other';
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
