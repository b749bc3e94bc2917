/** Says what became of an object from what the engine answered to its removal. */
import type {Removal} from '../model/engine-operator.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import type {ChangeReply} from './engine-client.ts';
import {asArray, asNumber, asObject, asText} from './json-shape.ts';

export type RemovedKind = 'image' | 'container' | 'volume' | 'build-cache';

export type RemovedObject = {readonly kind: RemovedKind; readonly target: string};

export function classifyRemoval(object: RemovedObject, reply: ChangeReply): Removal {
	const {statusCode, message} = reply;
	if (statusCode >= 200 && statusCode < 300) return describeRemoved(object, reply.body);
	const detail = message === '' ? `the engine answered HTTP ${statusCode}` : message;
	if (statusCode === 404) return describeMissing(object, detail);
	if (/prune operation is already running/i.test(detail)) {
		return {kind: 'in-use', detail: 'the engine is already pruning for somebody else: try again when that is done'};
	}
	if (statusCode === 409) return {kind: 'in-use', detail: describeConflict(detail)};
	return {kind: 'failed', detail, noSpace: /no space left on device|disk quota exceeded/i.test(detail)};
}

function describeRemoved({kind, target}: RemovedObject, body: string | null): Removal {
	if (kind === 'build-cache') return describePruned(target, body);
	if (kind !== 'image') return {kind: 'removed', freedBytes: null, detail: ''};
	const steps = asArray(parseBody(body)).map(asObject);
	const words = [
		...steps
			.map((step) => asText(step['Untagged'], 300))
			.filter(Boolean)
			.map((name) => `untagged ${name}`),
		...steps
			.map((step) => asText(step['Deleted'], 128))
			.filter(Boolean)
			.map((id) => `deleted ${id.slice(0, 19)}`),
	];
	return {kind: 'removed', freedBytes: null, detail: sanitiseLine(words.join(', '), 500)};
}

/** A prune answers 200 also when it kept the record; without the list nobody knows. */
function describePruned(id: string, body: string | null): Removal {
	const report = asObject(parseBody(body));
	if (!('CachesDeleted' in report)) {
		return {kind: 'unknown', detail: 'the engine did not say whether the record went'};
	}
	if (asArray(report['CachesDeleted']).includes(id)) {
		return {kind: 'removed', freedBytes: asNumber(report['SpaceReclaimed']), detail: ''};
	}
	return {kind: 'in-use', detail: 'the engine kept it: a build or another record needs it, or it is gone already'};
}

/** An engine without the endpoint answers 404, too. */
function describeMissing({kind}: RemovedObject, detail: string): Removal {
	if (/page not found/i.test(detail)) {
		return {kind: 'failed', detail: `this engine cannot remove a ${kind} by request`, noSpace: false};
	}
	return {kind: 'gone'};
}

function describeConflict(detail: string): string {
	if (/removal of container .* is already in progress/i.test(detail)) return 'it is being removed already';
	return detail;
}

function parseBody(body: string | null): unknown {
	try {
		return JSON.parse(body ?? 'null');
	} catch {
		return null;
	}
}
