/** Judges every object of a host on its own, and notes which must be gone before which can go. */
import type {DiskUsagePart} from '../../model/disk-usage.ts';
import type {PrunePlan, PruneWishes} from '../../model/prune-plan.ts';
import {valueOf, type Reading} from '../../model/reading.ts';
import {wantsByAge, wantsDangling} from './default-wishes.ts';
import {findImageUsers, type ImageUsers} from '../../model/image-users.ts';
import {judgeBuildCache} from './judge-build-cache.ts';
import {judgeContainer} from './judge-container.ts';
import {judgeImage} from './judge-image.ts';
import {judgeVolume} from './judge-volume.ts';
import {keepNewest} from './keep-newest.ts';
import type {PruneInput} from './prune-input.ts';
import {pruneKey, type Verdict} from './verdict.ts';

export type Survey = {
	/** By key, of every object that was read. */
	readonly verdicts: ReadonlyMap<string, Verdict>;
	/** By key, the keys that must go first: containers before their image, children before their parents. */
	readonly needs: ReadonlyMap<string, readonly string[]>;
	readonly imageUsers: ImageUsers;
	readonly unread: PrunePlan['unread'];
};

/** What depends on use stays `unchecked` when the containers could not be read, because use is what they are. */
export function surveyHost(input: PruneInput): Survey {
	const {usage, wishes, now} = input;
	const images = valueOf(usage.images) ?? [];
	const containers = valueOf(usage.containers) ?? [];
	const imageUsers = findImageUsers(images, containers);
	const newest = keepNewest(images, wishes.keepNewest);
	const dependent = [
		...images.map((image) =>
			judgeImage({image, users: imageUsers.of.get(image.id) ?? [], input, newest: newest.get(image.id)}),
		),
		...(valueOf(usage.volumes) ?? []).map((volume) => judgeVolume(volume, containers, wishes)),
	];
	const verdicts = [
		...containers.map((container) => judgeContainer(container, wishes, now)),
		...(usage.containers.kind === 'ok' ? dependent : dependent.map(withoutContainers)),
		...(valueOf(usage.buildCache) ?? []).map((entry) => judgeBuildCache(entry, wishes, now)),
	];
	return {
		verdicts: new Map(verdicts.map((verdict) => [verdict.item.key, verdict])),
		needs: findNeeds(input, imageUsers),
		imageUsers,
		unread: [...findUnread(input), ...(input.unread ?? [])],
	};
}

function withoutContainers(verdict: Verdict): Verdict {
	const stays = verdict.stays ?? {
		reason: 'unchecked',
		why: 'the containers could not be read, so who uses it is unknown',
	};
	return {...verdict, stays};
}

function findNeeds({usage}: PruneInput, users: ImageUsers): ReadonlyMap<string, readonly string[]> {
	const needs = new Map<string, string[]>();
	const add = (key: string, need: string) => {
		const known = needs.get(key);
		if (known === undefined) needs.set(key, [need]);
		else known.push(need);
	};
	for (const [imageId, containers] of users.of) {
		for (const {id} of containers) add(pruneKey('image', imageId), pruneKey('container', id));
	}
	for (const {id, parentId} of valueOf(usage.images) ?? []) {
		if (parentId !== null) add(pruneKey('image', parentId), pruneKey('image', id));
	}
	for (const {id, parentIds} of valueOf(usage.buildCache) ?? []) {
		for (const parentId of parentIds) add(pruneKey('build-cache', parentId), pruneKey('build-cache', id));
	}
	return needs;
}

type PlannedPart = Extract<DiskUsagePart, 'images' | 'containers' | 'volumes' | 'buildCache' | 'logFiles'>;

const partNames: Readonly<Record<PlannedPart, string>> = {
	images: 'images',
	containers: 'containers',
	volumes: 'volumes',
	buildCache: 'build cache',
	logFiles: 'log files',
};

/** Only parts that the wishes are about; containers are behind everything but the build cache and the logs. */
function findUnread({usage, wishes}: PruneInput): PrunePlan['unread'] {
	return wantedParts(wishes).flatMap((part) => {
		const reason = failureOf(usage[part]);
		return reason === null ? [] : [{part: partNames[part], reason}];
	});
}

function wantedParts(wishes: PruneWishes): readonly PlannedPart[] {
	const images = wantsByAge(wishes) || wantsDangling(wishes);
	const volumes = wishes.volumes.length > 0;
	return [
		...(images ? (['images'] as const) : []),
		...(images || volumes || wishes.stoppedForMs !== null ? (['containers'] as const) : []),
		...(volumes ? (['volumes'] as const) : []),
		...(wishes.buildCache ? (['buildCache'] as const) : []),
		...(wishes.logs ? (['logFiles'] as const) : []),
	];
}

function failureOf(reading: Reading<unknown>): string | null {
	if (reading.kind === 'ok') return null;
	return reading.kind === 'pending' ? 'not read yet' : reading.reason.message;
}
