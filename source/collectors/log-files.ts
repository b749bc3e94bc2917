/**
 * Reads how large the log files of containers are: those of the drivers `json-file` and `local`, which the engine keeps under
 * its root and counts nowhere (moby issue 21925).
 */
import type {LogFileUse} from '../model/disk-usage.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {askDisk, type DiskAccess} from './ask-disk.ts';

/** `engineRoot` is an absolute path. Rejects with `ReadingError`, or with the signal's reason. */
export async function readLogFiles(access: DiskAccess, engineRoot: string): Promise<readonly LogFileUse[]> {
	return parseLogFiles((await askDisk(access, 'log-files', [engineRoot])).lines);
}

/** Lines of bytes and path; the files a log was rotated into count with it. Largest first. */
export function parseLogFiles(lines: readonly string[]): readonly LogFileUse[] {
	const logs = new Map<string, LogFileUse>();
	for (const line of lines) {
		const [, size, path = '', containerId = '', rest = ''] =
			/^(\d+) (.*\/containers\/([0-9a-f]{64})\/([^/].*))$/.exec(line) ?? [];
		if (size === undefined) continue;
		const known = logs.get(containerId);
		const isCurrent = !/\.log\.\d/.test(rest);
		logs.set(containerId, {
			containerId,
			path: known === undefined || isCurrent ? sanitiseLine(path, 500) : known.path,
			bytes: (known?.bytes ?? 0) + Number(size),
		});
	}
	return [...logs.values()].toSorted((one, other) => other.bytes - one.bytes);
}
