/** Whether an image would go, were it not for the containers and images that need it. */
import type {ContainerUse, ImageUse} from '../../model/disk-usage.ts';
import type {Age} from '../../model/prune-plan.ts';
import {wantsByAge, wantsDangling} from './default-wishes.ts';
import {describeAge, describeAgo, describeSpan} from './describe-age.ts';
import {refersTo} from '../../model/image-names.ts';
import {describeUsers} from '../../model/image-users.ts';
import {buildAgeOf, lastUseOf} from '../../model/last-use-of.ts';
import {protectingPattern} from './protects.ts';
import {imageCalls} from './prune-calls.ts';
import type {ImageReferrer, PruneInput} from './prune-input.ts';
import {protectedStay, pruneKey, valueRanks, type Stay, type Verdict} from './verdict.ts';

type ImageCase = {
	readonly image: ImageUse;
	readonly users: readonly ContainerUse[];
	readonly input: PruneInput;
	/** From `keepNewest`; undefined when it is none of them. */
	readonly newest: Stay | undefined;
};

/** The item as it would be planned, and what keeps it: protection, a swarm service, being among the newest, its age. */
export function judgeImage(imageCase: ImageCase): Verdict {
	const {image, users, input} = imageCase;
	const {id, tags, digests} = image;
	const referrers = input.referrers.filter(({reference}) => refersTo(reference, image));
	const lastUse = lastUseOf(image, users);
	const selection = selectImage(image, lastUse, input);
	const isReplaceable = digests.length > 0 && !input.hasContainerdStore;
	return {
		item: {
			key: pruneKey('image', id),
			kind: 'image',
			id,
			names: tags.length > 0 ? tags : digests,
			sizeBytes: image.sizeBytes,
			age: input.wishes.unusedForMs === null && input.wishes.olderThanMs !== null ? buildAgeOf(image) : lastUse,
			why: selection.goes ?? '',
			cautions: cautionsOf(imageCase, referrers),
			calls: imageCalls(image),
		},
		stays: stayOf(imageCase, referrers) ?? selection.stays,
		rank: tags.length === 0 ? valueRanks.unnamedImage : rankOfNamed(isReplaceable, referrers),
		usedAt: lastUse?.at ?? null,
	};
}

function rankOfNamed(isReplaceable: boolean, referrers: readonly ImageReferrer[]): number {
	return isReplaceable && referrers.length === 0 ? valueRanks.pullableImage : valueRanks.irreplaceableImage;
}

function stayOf({image, input, newest}: ImageCase, referrers: readonly ImageReferrer[]): Stay | null {
	const {id, tags, digests, labels} = image;
	const pattern = protectingPattern({id, names: [...tags, ...digests], labels}, input.wishes.protect);
	if (pattern !== null) return protectedStay(pattern);
	const service = referrers.find(({kind}) => kind === 'swarm-service');
	if (service !== undefined) return {reason: 'in-use', why: `wanted by the swarm service ${service.name}`};
	return newest ?? null;
}

type Selection = {readonly goes: string | null; readonly stays: Stay | null};

/** Unnamed images go whatever their age when wished for; every other one must be past all the ages given. */
function selectImage(image: ImageUse, lastUse: Age | null, {wishes, now}: PruneInput): Selection {
	const {olderThanMs, unusedForMs} = wishes;
	if (image.tags.length === 0 && wantsDangling(wishes)) {
		return {goes: image.digests.length === 0 ? 'has no name' : 'has no tag, only a digest', stays: null};
	}
	if (!wantsByAge(wishes)) {
		const what = image.tags.length === 0 ? 'images without a name' : 'images by age';
		return staying('not-selected', `${what} were not asked for`);
	}
	const built = buildAgeOf(image);
	const reasons: string[] = [];
	if (olderThanMs !== null) {
		if (built === null) return staying('unknown-age', 'does not say when it was built');
		const words = `built ${describeAgo(built.at, now)}`;
		const limit = describeSpan(olderThanMs);
		if (now - built.at < olderThanMs) return staying('too-young', `${words}, younger than ${limit}`);
		reasons.push(`${words}, at least ${limit}`);
	}
	if (unusedForMs !== null) {
		if (lastUse === null) return staying('unknown-age', 'nothing says when it was last used');
		const words = `last known use ${describeAge(lastUse, now)}`;
		const limit = describeSpan(unusedForMs);
		if (now - lastUse.at < unusedForMs) return staying('too-young', `${words}, less than ${limit}`);
		reasons.push(`${words}, at least ${limit}`);
	}
	return {goes: reasons.join('; '), stays: null};
}

function staying(reason: Stay['reason'], why: string): Selection {
	return {goes: null, stays: {reason, why}};
}

function cautionsOf({image, users, input}: ImageCase, referrers: readonly ImageReferrer[]): readonly string[] {
	return [
		...(users.length === 0 ? [] : [`a stopped container was made from it and goes first: ${describeUsers(users)}`]),
		...referrers.map(({kind, name}) =>
			kind === 'compose-project'
				? `the compose project ${name} refers to it`
				: `the swarm service ${name} refers to it`,
		),
		...(image.digests.length === 0 ? ['cannot be pulled again: no registry is known to hold it'] : []),
		...(image.digests.length > 0 && input.hasContainerdStore
			? ['perhaps cannot be pulled again: this engine gives images built here a digest too']
			: []),
	];
}
