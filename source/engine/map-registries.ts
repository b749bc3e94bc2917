/** Finds the registries among containers, and where on the host each of them stores. */
import type {MountedRegistry} from '../model/disk-usage.ts';
import {isRegistryImage} from '../model/is-registry-image.ts';
import {asArray, asObject, asText} from './json-shape.ts';
import {mapName} from './map-container.ts';

/** Where the images of registries store by default: the Docker registry, its first version, and Harbor's. */
const storagePaths = ['/var/lib/registry', '/tmp/registry', '/storage', '/registry', '/data'];

/** `list` is `GET /containers/json`. */
export function mapRegistries(list: readonly unknown[]): readonly MountedRegistry[] {
	return list.map(asObject).flatMap((container) => {
		if (!isRegistryImage(asText(container['Image'], 500))) return [];
		const containerId = asText(container['Id'], 128);
		const mounts = asArray(container['Mounts'])
			.map(asObject)
			.filter((mount) => isStorage(asText(mount['Destination'], 500)));
		const paths = mounts.map((mount) => mount['Source']).filter(isPlainPath);
		const volumes = mounts.filter((mount) => mount['Source'] === '').map((mount) => asText(mount['Name'], 300));
		const name = mapName(container['Names'], containerId);
		return [{containerId, name, paths, volumes: volumes.filter((volume) => /^\w[\w.-]+$/.test(volume))}];
	});
}

function isStorage(destination: string): boolean {
	return storagePaths.some((path) => destination === path || destination.startsWith(`${path}/`));
}

/** A path that is not drawable as it is cannot be given back to the host as it is. */
function isPlainPath(source: unknown): source is string {
	return typeof source === 'string' && source.startsWith('/') && asText(source, 1000) === source;
}
