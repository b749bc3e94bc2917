/** The cells of a host's row in a report; an en dash where nothing is known. */
import {formatBytes, formatDuration, formatRatio} from '../support/format.ts';
import {engineRootOf, usedRatio} from '../health/filesystem-usage.ts';
import type {ReportHost} from './report.ts';

export const unknownCell = '–';

export type HostCells = {
	readonly why: string;
	readonly engine: string;
	readonly driver: string;
	readonly root: string;
	readonly images: string;
	readonly kernel: string;
	readonly up: string;
	/** `11/14`: running of all. */
	readonly containers: string;
};

/** `ROOT` is the file system of the engine's data; `why` is the worst finding, empty for a host that is well. */
export function formatHostCells(host: ReportHost): HostCells {
	const {engine, images, kernel, uptimeSeconds, containers, findings} = host;
	const holder = engineRootOf(host.filesystems ?? []);
	const ratio = holder === null ? null : usedRatio(holder);
	return {
		why: findings[0]?.summary ?? '',
		engine: engine?.version ?? unknownCell,
		driver: engine?.driver ?? unknownCell,
		root: ratio === null ? unknownCell : formatRatio(ratio),
		images: images === null ? unknownCell : formatImages(images),
		kernel: kernel ?? unknownCell,
		up: uptimeSeconds === null ? unknownCell : formatDuration(uptimeSeconds * 1000),
		containers: containers === null ? unknownCell : `${containers.running}/${containers.total}`,
	};
}

/** Sizes are summed over images, so those that share layers take less than that. */
function formatImages({count, bytes}: NonNullable<ReportHost['images']>): string {
	if (bytes === null) return unknownCell;
	return count > 1 ? `≤${formatBytes(bytes)}` : formatBytes(bytes);
}
