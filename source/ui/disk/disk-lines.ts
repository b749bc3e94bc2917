/** The disk tab: file systems, where their bytes are, and every kind of object that keeps them, as the answers come. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {DiskPage} from '../../view-state/disk-page.ts';
import type {DiskView} from '../../view-state/disk-view.ts';
import type {Canvas} from '../line.ts';
import {joinLists, linesOf, type LineList} from '../line-list.ts';
import {createCauseLines} from './cause-lines.ts';
import type {SectionFacts} from './disk-section.ts';
import {createFilesystemLines} from './filesystem-lines.ts';
import {createImageSection} from './image-section.ts';
import {createObjectSections} from './object-sections.ts';

export type DiskTab = {
	readonly lines: LineList;
	/** First line of each section, for jumping. */
	readonly starts: readonly number[];
};

export function createDiskTab(host: HostState, page: DiskPage, {askedAt}: DiskView, canvas: Canvas): DiskTab {
	const facts: SectionFacts = {host, asked: askedAt.get(host.host.key) ?? {}, canvas};
	const sections = [
		linesOf(createFilesystemLines(host, canvas)),
		linesOf(createCauseLines(page, facts)),
		createImageSection(page.images, facts),
		...createObjectSections(page, facts),
	];
	let start = 0;
	const starts = sections.map(({count}, index) => {
		const first = start;
		start += count;
		// A section begins with a blank line, which is no heading.
		return index === 0 ? first : first + 1;
	});
	return {lines: joinLists(sections), starts};
}
