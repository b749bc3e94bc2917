/** What to do about large log files: they are only reported, because under the engine's root nothing is written. */
import {valueOf} from '../../model/reading.ts';
import {formatBytes} from '../../support/format.ts';
import type {PruneInput} from './prune-input.ts';

const mostFiles = 5;
/** A log that takes less is not what fills a disk. */
const largeBytes = 10_000_000;

/** The largest log files with their containers, then how to limit them. Empty when logs were not asked for. */
export function logAdvice({usage, wishes}: PruneInput): readonly string[] {
	const files = valueOf(usage.logFiles);
	if (!wishes.logs || files === null) return [];
	const large = [...files].sort((one, other) => other.bytes - one.bytes).filter(({bytes}) => bytes >= largeBytes);
	if (large.length === 0) return [`No log file takes ${formatBytes(largeBytes)} or more.`];
	const names = new Map((valueOf(usage.containers) ?? []).map(({id, name}) => [id, name]));
	return [
		...large
			.slice(0, mostFiles)
			.map(
				({containerId, path, bytes}) =>
					`The log of ${names.get(containerId) ?? containerId.slice(0, 12)} takes ${formatBytes(bytes)}: ${path}`,
			),
		'Limit logs where containers are made: `docker run --log-opt max-size=10m --log-opt max-file=3`, or under the service in compose `logging: {options: {max-size: "10m", max-file: "3"}}`; then make the container anew.',
		'For all new containers of a host: `"log-driver": "local"`, which rotates by itself, or `"journald"` in /etc/docker/daemon.json; then restart the engine.',
	];
}
