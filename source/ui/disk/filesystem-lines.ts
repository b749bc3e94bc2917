/** A host's file systems with bytes and inodes as bars, those with the engine's and containerd's data first. */
import type {HostState} from '../../fleet/fleet-state.ts';
import {selectInodeRatio, selectUsedRatio} from '../../fleet/select-host-numbers.ts';
import type {Filesystem} from '../../model/readings.ts';
import {formatBytes, formatCount, formatRatio} from '../../support/format.ts';
import {span, type Canvas, type Line, type Tone} from '../line.ts';
import {createAgeLines, createMissingLines, selectIsLost} from '../host/reading-lines.ts';

export function createFilesystemLines(host: HostState, canvas: Canvas): readonly Line[] {
	const reading = host.readings.filesystems;
	if (reading.kind !== 'ok') return createMissingLines(host, reading, 'file systems', canvas);
	const lost = selectIsLost(host, 'filesystems');
	const barWidth = Math.max(10, Math.min(40, canvas.columns - 44));
	return [
		...createAgeLines(host, 'filesystems', reading.at, canvas),
		...reading.value.toSorted(byRole).flatMap((filesystem) => createFilesystem(filesystem, barWidth, lost)),
	];
}

function byRole(one: Filesystem, other: Filesystem): number {
	const rank = ({roles}: Filesystem): number =>
		roles.includes('engine-root') ? 0 : roles.includes('containerd-root') ? 1 : 2;
	return rank(one) - rank(other);
}

function createFilesystem(filesystem: Filesystem, barWidth: number, lost: boolean): readonly Line[] {
	const roles = filesystem.roles.filter((role) => role !== 'other').join(', ');
	const {sizeBytes, usedBytes, availableBytes, inodesTotal, inodesUsed} = filesystem;
	const inodes =
		inodesTotal === null || inodesUsed === null
			? 'no fixed number of inodes'
			: `${formatCount(inodesUsed)} of ${formatCount(inodesTotal)}`;
	return [
		[
			span(` ${filesystem.mountPoint}`, lost ? 'dim' : 'strong'),
			span(`  ${filesystem.device} ${filesystem.type}${roles === '' ? '' : ` · ${roles}`}`, 'dim'),
			...(filesystem.readOnly ? [span('  read-only', 'warning')] : []),
		],
		createBar(
			'bytes ',
			selectUsedRatio(filesystem),
			barWidth,
			`${formatBytes(usedBytes)} of ${formatBytes(sizeBytes)}, ${formatBytes(availableBytes)} free`,
			lost,
		),
		createBar('inodes', selectInodeRatio(filesystem), barWidth, inodes, lost),
	];
}

function createBar(title: string, ratio: number | null, width: number, words: string, lost: boolean): Line {
	const filled = ratio === null ? 0 : Math.max(0, Math.min(width, Math.round(ratio * width)));
	const percent = ratio === null ? '  –' : formatRatio(ratio).padStart(5);
	return [
		span(`   ${title} `, 'dim'),
		span('█'.repeat(filled), lost ? 'dim' : toneOf(ratio)),
		span('░'.repeat(width - filled), 'dim'),
		span(` ${percent}  `, lost ? 'dim' : toneOf(ratio)),
		span(words, lost ? 'dim' : 'plain'),
	];
}

function toneOf(ratio: number | null): Tone {
	if (ratio === null) return 'dim';
	if (ratio >= 0.95) return 'critical';
	return ratio >= 0.85 ? 'warning' : 'ok';
}
