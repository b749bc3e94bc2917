/** The images of a host as the disk tab lists them: who uses each, when it was last of use, what it alone takes. */
import {weightOf, type ByteSum} from '../model/byte-sum.ts';
import type {ContainerUse, ImageUse} from '../model/disk-usage.ts';
import {familiarName, repositoryOf} from '../model/image-names.ts';
import {findImageUsers} from '../model/image-users.ts';
import {lastUseOf} from '../model/last-use-of.ts';
import type {Age} from '../model/prune-plan.ts';

/** `unchecked` while the containers, and so who uses it, are not known. */
export type ImageStanding = 'used' | 'unused' | 'dangling' | 'unchecked';

export type ImageRow = {
	readonly id: string;
	/** First name, or its short id. */
	readonly name: string;
	readonly furtherNames: number;
	readonly standing: ImageStanding;
	readonly sizeBytes: number;
	/** What no other image has; null when the engine did not say. */
	readonly ownBytes: number | null;
	readonly lastUse: Age | null;
};

export type RepositoryRow = {
	readonly name: string;
	readonly images: number;
	/** What no other image has, of all its images. */
	readonly own: ByteSum;
	/** All layers of its images; those that several of them have count more than once in the upper bound. */
	readonly all: ByteSum;
};

export type ImageRows = {
	/** Most bytes of its own first; the used ones last. */
	readonly rows: readonly ImageRow[];
	readonly repositories: readonly RepositoryRow[];
	readonly total: ByteSum;
	readonly counts: Readonly<Record<ImageStanding, number>>;
};

/** `containers` null while they are not known. `isFullCopy` for drivers that copy all layers below into each (vfs). */
export function selectImageRows(
	images: readonly ImageUse[],
	containers: readonly ContainerUse[] | null,
	isFullCopy: boolean,
): ImageRows {
	const users = findImageUsers(images, containers ?? []).of;
	const counts = {used: 0, unused: 0, dangling: 0, unchecked: 0};
	const rows = images.map((image): ImageRow => {
		const using = users.get(image.id) ?? [];
		const standing = containers === null ? 'unchecked' : standingOf(image, using.length);
		counts[standing]++;
		const [name = shortId(image.id), ...further] = image.tags.length > 0 ? image.tags : image.digests.map(undigested);
		return {
			id: image.id,
			name,
			furtherNames: further.length,
			standing,
			sizeBytes: image.sizeBytes,
			ownBytes: ownBytesOf(image),
			lastUse: lastUseOf(image, using),
		};
	});
	return {
		rows: rows.toSorted(byGain),
		repositories: selectRepositories(images),
		total: selectTotal(images, isFullCopy),
		counts,
	};
}

function standingOf({tags}: ImageUse, users: number): ImageStanding {
	if (users > 0) return 'used';
	return tags.length === 0 ? 'dangling' : 'unused';
}

/** What nobody uses comes first: that is what people look for. */
function byGain(one: ImageRow, other: ImageRow): number {
	const used = Number(one.standing === 'used') - Number(other.standing === 'used');
	return used || (other.ownBytes ?? other.sizeBytes) - (one.ownBytes ?? one.sizeBytes);
}

function ownBytesOf({sizeBytes, sharedBytes}: ImageUse): number | null {
	return sharedBytes === null ? null : Math.max(0, sizeBytes - sharedBytes);
}

/**
 * A shared layer is counted by two images at least, so half of what they share is a bound. Where layers are copied
 * into each other no bound is known.
 */
function selectTotal(images: readonly ImageUse[], isFullCopy: boolean): ByteSum {
	let [minBytes, maxBytes] = [0, 0];
	for (const {sizeBytes, sharedBytes} of images) {
		const own = sharedBytes === null ? 0 : Math.max(0, sizeBytes - sharedBytes);
		minBytes += own;
		maxBytes += sharedBytes === null ? sizeBytes : own + sharedBytes / 2;
	}
	return {minBytes, maxBytes: isFullCopy ? null : maxBytes};
}

type Gathered = {images: number; ownBytes: number; ownKnown: boolean; minBytes: number; maxBytes: number};

/** Gathered in place: a copy per image would be felt with thousands of them. */
function selectRepositories(images: readonly ImageUse[]): readonly RepositoryRow[] {
	const gathered = new Map<string, Gathered>();
	for (const image of images) {
		const name = repositoryOfImage(image);
		const known = gathered.get(name) ?? {images: 0, ownBytes: 0, ownKnown: true, minBytes: 0, maxBytes: 0};
		const own = ownBytesOf(image);
		known.minBytes += known.images === 0 ? image.sizeBytes : (own ?? 0);
		known.maxBytes += image.sizeBytes;
		known.ownBytes += own ?? 0;
		known.ownKnown &&= own !== null;
		known.images++;
		gathered.set(name, known);
	}
	return [...gathered]
		.map(([name, {images: count, ownBytes, ownKnown, minBytes, maxBytes}]): RepositoryRow => ({
			name,
			images: count,
			own: {minBytes: ownBytes, maxBytes: ownKnown ? ownBytes : null},
			all: {minBytes, maxBytes},
		}))
		.toSorted((one, other) => weightOf(other.all) - weightOf(one.all));
}

/** The first of its names decides: an image may have many. */
function repositoryOfImage({tags, digests}: ImageUse): string {
	const reference = tags[0] ?? digests[0];
	return reference === undefined ? '<none>' : familiarName(repositoryOf(reference));
}

function undigested(reference: string): string {
	const [repository = reference, digest = ''] = reference.split('@', 2);
	return `${repository}@${digest.slice(0, 19)}`;
}

function shortId(id: string): string {
	return id.slice(0, 'sha256:'.length + 12);
}
