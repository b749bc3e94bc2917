/** Measures what registries that run in containers have stored in the volumes and directories mounted into them. */
import type {MountedRegistry, RegistryUse} from '../model/disk-usage.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {askDisk, type DiskAccess} from './ask-disk.ts';
import {parseMeasured} from './root-directories.ts';

/** One entry per registry and path. Rejects with `ReadingError`, or with the signal's reason. */
export async function readRegistryStorage(
	access: DiskAccess,
	registries: readonly Omit<MountedRegistry, 'volumes'>[],
): Promise<readonly RegistryUse[]> {
	const paths = [...new Set(registries.flatMap((registry) => registry.paths))];
	const measured = new Map(paths.length === 0 ? [] : parseMeasured((await askDisk(access, 'measure', paths)).lines));
	return registries.flatMap(({containerId, name, paths: own}): RegistryUse[] =>
		own.length === 0
			? [{containerId, name, path: null, bytes: null}]
			: own.map((path) => ({containerId, name, path: sanitiseLine(path, 500), bytes: measured.get(path) ?? null})),
	);
}
