/** Images of a demo host as the engine's API lists them. */
import {imageIdOf} from './demo-container.ts';
import type {DemoHost} from './demo-host.ts';
import {createRandom} from './random.ts';

export type DemoImage = {
	readonly id: string;
	readonly tag: string | null;
	readonly sizeBytes: number;
	readonly createdAt: number;
};

/** Images of the containers, then old versions of them and untagged leftovers of builds. */
export function listImages({plan, ward, startedAt}: DemoHost): readonly DemoImage[] {
	const random = createRandom(`images of ${plan.name}`);
	const size = (): number => Math.round(plan.averageImageBytes * (0.4 + random.ratio() * 1.2));
	const age = (days: number): number => startedAt - Math.round(days * 86_400_000);
	const inUse = [...new Map(ward.list().map(({image, imageId}) => [imageId, image]))].map(([id, tag]) => ({
		id,
		tag,
		sizeBytes: size(),
		createdAt: age(3 + random.ratio() * 60),
	}));
	const spare = Array.from({length: plan.spareImageCount}, (_, index) => {
		const name = `registry.example.net/shop/${random.pick(['storefront', 'checkout', 'search', 'mailer'])}`;
		const tag = random.chance(0.4) ? null : `${name}:1.${41 - (index % 40)}.${random.integer(0, 9)}`;
		return {
			id: imageIdOf(`${plan.name} ${index}`),
			tag,
			sizeBytes: size(),
			createdAt: age(20 + index * 1.5),
		};
	});
	return [...inUse, ...spare];
}

/** `GET /images/json`. API 1.44 dropped `VirtualSize`; before 1.43 an untagged image was called `<none>:<none>`. */
export function imageDocuments(host: DemoHost, apiVersion: number, sharedSize: boolean): readonly object[] {
	return listImages(host).map(({id, tag, sizeBytes, createdAt}) => ({
		Id: id,
		ParentId: '',
		RepoTags: tag === null ? (apiVersion < 43 ? ['<none>:<none>'] : []) : [tag],
		RepoDigests: tag === null ? [] : [`${tag.replace(/:[^:/]*$/, '')}@${id}`],
		Created: Math.floor(createdAt / 1000),
		Size: sizeBytes,
		...(apiVersion < 44 ? {VirtualSize: sizeBytes} : {}),
		...(apiVersion >= 25 ? {SharedSize: sharedSize ? sharedBytes(sizeBytes) : -1, Containers: -1} : {}),
		Labels: null,
	}));
}

/** Bytes of all layers, shared ones counted once: `LayersSize` of `GET /system/df`. */
export function layersBytes(host: DemoHost): number {
	const images = listImages(host);
	const all = images.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
	const repeated = images.slice(1).reduce((sum, {sizeBytes}) => sum + sharedBytes(sizeBytes), 0);
	return all - repeated;
}

/** Most images of a park share their base. */
function sharedBytes(sizeBytes: number): number {
	return Math.floor(sizeBytes * 0.35);
}
