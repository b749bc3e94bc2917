/** Reads what the engine's root keeps, directory by directory, and which layer directories nothing refers to. */
import type {RootDirectoryUse, RootUse} from '../model/disk-usage.ts';
import {ReadingError} from '../model/reading-error.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {askDisk, type DiskAccess, type DiskAnswer} from './ask-disk.ts';

/** `engineRoot` is an absolute path. Rejects with `ReadingError`, or with the signal's reason. */
export async function readRootDirectories(access: DiskAccess, engineRoot: string): Promise<RootUse> {
	const root = engineRoot.length > 1 ? engineRoot.replace(/\/+$/, '') : engineRoot;
	const answer = await askDisk(access, 'root-directories', [root]);
	// Only overlay2 names its directories so that they can be told from each other.
	const layers = await askDisk(access, 'layer-directories', [root]).then(parseLayerDirectories, unlessUnreadable);
	return {...parseRootDirectories(answer, root), layerDirectories: layers};
}

/**
 * `dir PATH` lines, `du`, then KiB and path for each directory and last for the root itself. `du -x` stays on one file
 * system, so a directory of subvolumes (btrfs, zfs) has bytes that it does not see: those are unknown.
 */
export function parseRootDirectories(answer: DiskAnswer, root: string): Omit<RootUse, 'layerDirectories'> {
	const start = answer.lines.indexOf('du');
	if (start === -1) throw new ReadingError('malformed', "the host did not list the engine's root");
	const bytes = new Map(parseMeasured(answer.lines.slice(start + 1)));
	const directories = answer.lines.slice(0, start).flatMap((line): RootDirectoryUse[] => {
		if (!line.startsWith(`dir ${root}/`)) return [];
		const path = line.slice(4);
		const name = path.slice(root.length + 1);
		const isMeasured = name !== 'btrfs' && name !== 'zfs';
		return [
			{
				name: sanitiseLine(name, 200),
				path: sanitiseLine(path, 500),
				bytes: isMeasured ? (bytes.get(path) ?? null) : null,
			},
		];
	});
	const isWhole = directories.every((directory) => directory.bytes !== null);
	return {
		path: sanitiseLine(root, 500),
		bytes: isWhole ? (bytes.get(root) ?? null) : null,
		directories: directories.toSorted((one, other) => (other.bytes ?? -1) - (one.bytes ?? -1)),
	};
}

/** KiB, tab, path; as `du -k` prints. The path is raw. */
export function parseMeasured(lines: readonly string[]): readonly (readonly [string, number])[] {
	return lines.flatMap((line) => {
		const [, kibibytes, path] = /^(\d+)\t(.+)$/.exec(line) ?? [];
		return kibibytes === undefined || path === undefined ? [] : [[path, Number(kibibytes) * 1024] as const];
	});
}

/**
 * `dir PATH` lines of `overlay2`, then `FILE:ID` lines of the engine's layer database. Image layers and containers have
 * directories named by 64 digits, builds by 25 letters; `l` holds short names for all of them.
 */
export function parseLayerDirectories({lines}: DiskAnswer): RootUse['layerDirectories'] {
	const referenced = new Set<string>();
	const present: string[] = [];
	for (const line of lines) {
		if (line.startsWith('dir ')) present.push(line.slice(line.lastIndexOf('/') + 1));
		else referenced.add(line.slice(line.lastIndexOf(':') + 1));
	}
	const layers = present.filter((name) => name !== 'l');
	const unreferenced = layers.filter((name) => /^[0-9a-f]{64}(?:-init)?$/.test(name) && !referenced.has(name));
	return {present: layers.length, unreferenced: unreferenced.length};
}

function unlessUnreadable(error: unknown): null {
	if (error instanceof ReadingError) return null;
	throw error;
}
