/** Says what the reclaim leaves out or is not sure of, so that a range is never taken for more than it is. */
import {valueOf} from '../../model/reading.ts';
import type {PruneInput} from './prune-input.ts';
import {uncertaintyOf} from './reclaim-of.ts';
import {pruneKey} from './verdict.ts';

/** Takes the keys of the objects that go. */
export function sizeAdvice(input: PruneInput, going: ReadonlySet<string>): readonly string[] {
	const {usage, wishes} = input;
	const containers = (valueOf(usage.containers) ?? []).filter(({id}) => going.has(pruneKey('container', id)));
	const volumes = valueOf(usage.volumes);
	const unsized = [
		...containers.filter(({writableBytes}) => writableBytes === null).map(({name}) => name),
		...(volumes ?? [])
			.filter(({name, bytes}) => bytes === null && going.has(pruneKey('volume', name)))
			.map(({name}) => name),
	];
	const missing =
		volumes === null ? [] : wishes.volumes.filter((name) => !volumes.some((volume) => volume.name === name));
	const uncertainty = [...going].some((key) => key.startsWith('image:')) ? uncertaintyOf(input) : null;
	return [
		...(uncertainty === null ? [] : [uncertainty]),
		...(unsized.length === 0 ? [] : [`Of unknown size, so that more may be freed than said: ${unsized.join(', ')}.`]),
		...(containers.length > 0 && usage.logFiles.kind !== 'ok'
			? ['The logs of the containers go with them; their sizes were not read, so more may be freed than said.']
			: []),
		...missing.map((name) => `There is no volume named ${name} on this host.`),
	];
}
