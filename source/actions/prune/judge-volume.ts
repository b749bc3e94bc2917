/** Whether a volume would go: only one asked for by its exact name, that no container mounts, running or not. */
import type {ContainerUse, VolumeUse} from '../../model/disk-usage.ts';
import type {PruneWishes} from '../../model/prune-plan.ts';
import {formatBytes} from '../../support/format.ts';
import {describeUsers} from '../../model/image-users.ts';
import {knownMoment} from '../../model/known-moment.ts';
import {protectingPattern} from './protects.ts';
import {formatPruneCall} from './prune-calls.ts';
import {protectedStay, pruneKey, valueRanks, type Stay, type Verdict} from './verdict.ts';

/**
 * A container that goes in the same plan still keeps its volumes: data asks for a second look. Where the engine did not
 * count references, the mounts of all containers are the count.
 */
export function judgeVolume(volume: VolumeUse, containers: readonly ContainerUse[], wishes: PruneWishes): Verdict {
	const {name, bytes, driver} = volume;
	const createdAt = knownMoment(volume.createdAt);
	return {
		item: {
			key: pruneKey('volume', name),
			kind: 'volume',
			id: name,
			names: [name],
			sizeBytes: bytes,
			age: createdAt === null ? null : {at: createdAt, kind: 'created'},
			why: 'asked for by name, and no container mounts it',
			cautions: [
				`its data${bytes === null ? '' : `, ${formatBytes(bytes)},`} cannot be brought back`,
				...(driver === 'local' ? [] : [`kept by the volume driver ${driver}, perhaps on another machine`]),
			],
			calls: [formatPruneCall({operation: 'removeVolume', target: name})],
		},
		stays: stayOf(volume, containers, wishes),
		rank: valueRanks.volume,
		usedAt: createdAt,
	};
}

function stayOf(volume: VolumeUse, containers: readonly ContainerUse[], wishes: PruneWishes): Stay | null {
	const {name, labels, references} = volume;
	const users = containers.filter(({volumes}) => volumes.includes(name));
	if (users.length > 0) return {reason: 'in-use', why: describeUsers(users)};
	if (references !== null && references > 0) {
		return {reason: 'in-use', why: `the engine counts ${references} that mount it`};
	}
	const pattern = protectingPattern({id: name, names: [name], labels}, wishes.protect);
	if (pattern !== null) return protectedStay(pattern);
	if (!wishes.volumes.includes(name)) return {reason: 'not-selected', why: 'volumes go only when named one by one'};
	return null;
}
