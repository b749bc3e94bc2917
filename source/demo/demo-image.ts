/** The images of a demo host when the fleet starts: families that share their lower layers, old versions, leftovers of builds. */
import {imageIdOf, type DemoContainer} from './demo-container.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {createRandom, hashText} from './random.ts';

export type DemoLayer = {readonly diffId: string; readonly sizeBytes: number; readonly createdBy: string};

export type DemoImage = {
	readonly id: string;
	readonly tags: readonly string[];
	/** `repository@sha256:…`; empty for what was built on the host. */
	readonly digests: readonly string[];
	/** Lowest first. */
	readonly layers: readonly DemoLayer[];
	readonly sizeBytes: number;
	readonly createdAt: number;
	readonly taggedAt: number | null;
};

const dayMs = 86_400_000;

const bases: readonly (readonly [string, number])[] = [
	['debian:bookworm-slim', 0.22],
	['alpine:3.21', 0.04],
	['eclipse-temurin:21-jre', 0.28],
];

export function createImages(
	plan: DemoHostPlan,
	containers: readonly DemoContainer[],
	startedAt: number,
): readonly DemoImage[] {
	const random = createRandom(`images of ${plan.name}`);
	const size = (): number => Math.round(plan.averageImageBytes * (0.4 + random.ratio() * 1.2));
	const age = (days: number): number => startedAt - Math.round(days * dayMs);
	const inUse = [...new Map(containers.map(({image, imageId}) => [imageId, image]))].map(([id, tag]) =>
		createImage({
			plan,
			id,
			tag,
			repository: repositoryOf(tag),
			sizeBytes: size(),
			createdAt: age(3 + random.ratio() * 60),
		}),
	);
	const spare = Array.from({length: plan.spareImageCount}, (_, index) => {
		const repository = `registry.example.net/shop/${random.pick(['storefront', 'checkout', 'search', 'mailer'])}`;
		const tag = random.chance(0.4) ? null : `${repository}:1.${41 - (index % 40)}.${random.integer(0, 9)}`;
		const id = imageIdOf(`${plan.name} ${index}`);
		return createImage({plan, id, tag, repository, sizeBytes: size(), createdAt: age(20 + (index % 300) * 1.5)});
	});
	return dropSameTags([...inUse, ...spare]);
}

type Birth = {
	readonly plan: DemoHostPlan;
	readonly id: string;
	readonly tag: string | null;
	readonly repository: string;
	readonly sizeBytes: number;
	readonly createdAt: number;
};

function createImage({plan, id, tag, repository, sizeBytes, createdAt}: Birth): DemoImage {
	const [base = '', share = 0] = bases[hashText(repository) % bases.length] ?? [];
	const lower = [
		createLayer(`${plan.name} ${base}`, plan.averageImageBytes * share, `ADD rootfs.tar.xz / # ${base}`),
		createLayer(`${plan.name} ${repository}`, plan.averageImageBytes * 0.08, 'RUN install dependencies # buildkit'),
	];
	const own = sizeBytes - lower.reduce((sum, layer) => sum + layer.sizeBytes, 0);
	// What nobody named was built here and never pushed.
	const digests = tag === null ? [] : [`${repository}@sha256:${createRandom(`digest ${id}`).hex(64)}`];
	return {
		id,
		tags: tag === null ? [] : [tag],
		digests,
		layers: [...lower, createLayer(id, own, 'COPY . . # buildkit')],
		sizeBytes,
		createdAt,
		taggedAt: tag === null ? null : createdAt + 600_000,
	};
}

function createLayer(seed: string, bytes: number, createdBy: string): DemoLayer {
	return {diffId: `sha256:${createRandom(`layer ${seed}`).hex(64)}`, sizeBytes: Math.round(bytes), createdBy};
}

/** A name belongs to one image: of those that would share it the first keeps it, as if it had been built last. */
function dropSameTags(images: readonly DemoImage[]): readonly DemoImage[] {
	const taken = new Set<string>();
	return images.map((image) => {
		const tags = image.tags.filter((tag) => !taken.has(tag));
		for (const tag of tags) taken.add(tag);
		return tags.length === image.tags.length ? image : {...image, tags, digests: [], taggedAt: null};
	});
}

export function repositoryOf(reference: string): string {
	return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}
