/** Where the bytes are: one bar per cause against what is used of the file system. */
import type {DiskCause, DiskCauseKind} from '../../fleet/select-disk-causes.ts';
import {weightOf} from '../../model/byte-sum.ts';
import {formatBytes, formatRatio} from '../../support/format.ts';
import type {DiskPage} from '../../view-state/disk-page.ts';
import {openSince} from '../../view-state/disk-view.ts';
import {fitText} from '../fit-text.ts';
import {blankLine, span, type Line} from '../line.ts';
import {createBar} from './bar.ts';
import type {SectionFacts} from './disk-section.ts';
import {formatSum} from './format-sum.ts';

const titles: Readonly<Record<DiskCauseKind, string>> = {
	images: 'images',
	containers: 'writable layers',
	logs: 'log files',
	volumes: 'volumes',
	'build-cache': 'build cache',
	'root-rest': "rest of engine's root",
	outside: "outside engine's root",
};

export function createCauseLines({causes, usedBytes}: DiskPage, facts: SectionFacts): readonly Line[] {
	const scale = usedBytes ?? Math.max(0, ...causes.map(({size}) => (size === null ? 0 : weightOf(size))));
	const of = usedBytes === null ? '' : `  of ${formatBytes(usedBytes)} used on the file system of the engine's root`;
	return [
		blankLine,
		[span(' Where the bytes are', 'strong'), span(of, 'dim')],
		...causes.map((cause) => createCause(cause, scale, usedBytes !== null, facts)),
	];
}

function createCause({kind, size, parts}: DiskCause, scale: number, hasScale: boolean, facts: SectionFacts): Line {
	const width = Math.max(10, Math.min(40, facts.canvas.columns - 46));
	const title = span(`   ${fitText(titles[kind], 22)}`);
	if (size === null) return [title, span(`${'–'.padStart(9)}  `, 'dim'), span(whyUnknown(parts, facts), 'dim')];
	const ratio = scale > 0 ? weightOf(size) / scale : 0;
	return [
		title,
		span(`${formatSum(size).padStart(9)}  `, 'strong'),
		...createBar(ratio, width, 'accent'),
		span(hasScale ? ` ${formatRatio(Math.min(1, ratio)).padStart(5)}` : '', 'dim'),
	];
}

function whyUnknown(parts: DiskCause['parts'], {host, asked}: SectionFacts): string {
	const {diskUsage} = host;
	if (parts.some((part) => openSince(diskUsage[part], asked[part]) !== null)) return '…';
	return parts.some((part) => diskUsage[part].kind === 'failed') ? 'could not be read, see below' : 'not known';
}
