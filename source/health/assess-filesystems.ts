/** Judges the file systems under the root directory and the engine's data: filling, out of inodes, gone read-only. */
import type {Finding} from '../model/finding.ts';
import {valueOf} from '../model/reading.ts';
import type {Filesystem} from '../model/readings.ts';
import {formatBytes, formatCount, formatRatio} from '../support/format.ts';
import {usedRatio} from './filesystem-usage.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';
import {isReadOnlyByDesign} from './is-read-only-by-design.ts';

/** Share in use, as `df` counts it. Our own choice: below, a registry pull still fits on most hosts. */
const warningRatio = 0.85;
const criticalRatio = 0.95;

export function assessFilesystems(input: HealthInput): readonly Finding[] {
	const osId = valueOf(input.readings.identity)?.os.id ?? null;
	return (freshValue('filesystems', input) ?? [])
		.filter(({roles}) => roles.some((role) => role !== 'other'))
		.flatMap((filesystem) => {
			if (isReadOnlyByDesign(filesystem, osId)) return [];
			return [...assessBytes(filesystem), ...assessInodes(filesystem), ...assessWritable(filesystem)];
		});
}

function assessBytes(filesystem: Filesystem): readonly Finding[] {
	const ratio = usedRatio(filesystem);
	if (ratio === null || ratio < warningRatio) return [];
	const {availableBytes, sizeBytes} = filesystem;
	return [
		{
			...base(filesystem),
			id: 'filesystem-filling',
			severity: ratio >= criticalRatio ? 'critical' : 'warning',
			summary: `${nameFilesystem(filesystem)} ${formatRatio(ratio)} full`,
			evidence: [`${formatBytes(availableBytes)} of ${formatBytes(sizeBytes)} left`, deviceLine(filesystem)],
			meaning: 'When it is full, containers fail to write, images fail to pull and the engine may not start again.',
			advice:
				'See what takes the room: `docker system df`, then `docker image prune -a --filter until=240h` or larger storage. Never delete files under the engine’s root by hand.',
		},
	];
}

function assessInodes(filesystem: Filesystem): readonly Finding[] {
	const {inodesTotal, inodesUsed} = filesystem;
	if (inodesTotal === null || inodesUsed === null || inodesTotal <= 0) return [];
	const ratio = inodesUsed / inodesTotal;
	if (ratio < warningRatio) return [];
	return [
		{
			...base(filesystem),
			id: 'inodes-running-out',
			severity: ratio >= criticalRatio ? 'critical' : 'warning',
			summary: `${nameFilesystem(filesystem)}: ${formatRatio(ratio)} of inodes used`,
			evidence: [`${formatCount(inodesUsed)} of ${formatCount(inodesTotal)} inodes used`, deviceLine(filesystem)],
			meaning:
				'The file system runs out of file entries: "no space left on device" although bytes are free. Many small layers do that.',
			advice:
				'Remove images that are not used: `docker image prune -a --filter until=240h`; ext4 cannot grow its inodes, a new file system can.',
		},
	];
}

function assessWritable(filesystem: Filesystem): readonly Finding[] {
	if (!filesystem.readOnly) return [];
	return [
		{
			...base(filesystem),
			id: 'filesystem-read-only',
			severity: 'critical',
			summary: `${nameFilesystem(filesystem)} is read-only`,
			evidence: [deviceLine(filesystem)],
			meaning:
				'A file system that should be written to is not: kernels do that after disk or file system errors. (A host built to run from a read-only disk of this type is not recognised as such.)',
			advice:
				'Look for the reason with `dmesg | grep -iE "read-only|I/O error|-fs error"`; move the work elsewhere, check disk and file system, reboot.',
		},
	];
}

function base({mountPoint}: Filesystem): Pick<Finding, 'category' | 'subject' | 'since' | 'count'> {
	return {category: 'disk', subject: mountPoint, since: null, count: 1};
}

function deviceLine({device, type, mountPoint}: Filesystem): string {
	return `${device} (${type}) on ${mountPoint}`;
}

/** `root file system`, `engine root /var/lib/docker`: the part it plays first, then where it is mounted. */
function nameFilesystem({roles, mountPoint}: Filesystem): string {
	if (mountPoint === '/') return 'root file system';
	const parts = [
		...(roles.includes('engine-root') ? ['engine'] : []),
		...(roles.includes('containerd-root') ? ['containerd'] : []),
	];
	return parts.length === 0 ? `file system ${mountPoint}` : `${parts.join(' and ')} root ${mountPoint}`;
}
