/** The images of a host: by repository, then one by one with who uses them and when they were last of use. */
import type {ImageRow, ImageRows, ImageStanding, RepositoryRow} from '../../fleet/select-image-rows.ts';
import {weightOf} from '../../model/byte-sum.ts';
import {formatBytes, formatCount, formatPlural} from '../../support/format.ts';
import {fitTail, fitText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Tone} from '../line.ts';
import {joinLists, lineEach, linesOf, type LineList} from '../line-list.ts';
import {ageColumns, formatAge} from './age-words.ts';
import {createBar} from './bar.ts';
import {createSection, type SectionFacts} from './disk-section.ts';
import {formatKnown, formatSum} from './format-sum.ts';

export function createImageSection(images: ImageRows | null, facts: SectionFacts): LineList {
	const {rows, repositories} = images ?? {rows: [], repositories: []};
	return createSection(
		{
			part: 'images',
			title: 'Images',
			summary: images === null ? '' : summarise(images),
			body:
				rows.length === 0
					? linesOf([])
					: joinLists([createRepositories(repositories, facts.canvas), createRows(rows, facts.canvas)]),
			none: 'no images',
		},
		facts,
	);
}

function summarise({rows, repositories, total, counts}: ImageRows): string {
	const idle = [
		...(counts.dangling > 0 ? [`${formatCount(counts.dangling)} dangling`] : []),
		...(counts.unused > 0 ? [`${formatCount(counts.unused)} unused`] : []),
	];
	const repositoryWords =
		repositories.length === 1 ? '1 repository' : `${formatCount(repositories.length)} repositories`;
	return [`${formatCount(rows.length)} in ${repositoryWords}, ${formatSum(total)}`, ...idle].join(' · ');
}

const barColumns = 8;
/** Narrower, a name needs the room more than a bar does. */
const barsFromColumns = 100;

function createRepositories(repositories: readonly RepositoryRow[], {columns}: Canvas): LineList {
	const most = repositories.reduce((widest, {all}) => Math.max(widest, weightOf(all)), 1);
	const nameColumns = columns - barColumns - 38;
	const heading: Line = [
		span(`   ${' '.repeat(barColumns)}       ALL       OWN  ${fitText('REPOSITORY', nameColumns)}`, 'dim'),
	];
	const rows = lineEach(repositories, ({name, images, own, all}): Line => [
		span('   '),
		...createBar(weightOf(all) / most, barColumns, 'accent'),
		span(` ${formatSum(all).padStart(9)} ${formatSum(own).padStart(9)}  `),
		span(fitTail(name, nameColumns)),
		span(formatPlural(images, 'image').padStart(12), 'dim'),
	]);
	return joinLists([linesOf([heading]), rows]);
}

const standingTones: Readonly<Record<ImageStanding, Tone>> = {
	dangling: 'warning',
	unused: 'notice',
	used: 'dim',
	unchecked: 'unknown',
};

const standingWords: Readonly<Record<ImageStanding, string>> = {
	dangling: 'dangling',
	unused: 'unused',
	used: 'used',
	unchecked: 'unknown',
};

/** What an image has alone is what removing just it frees. */
function createRows(rows: readonly ImageRow[], {columns, now}: Canvas): LineList {
	const most = rows.reduce((widest, {ownBytes, sizeBytes}) => Math.max(widest, ownBytes ?? sizeBytes), 1);
	const bars = columns >= barsFromColumns ? barColumns : 0;
	const nameColumns = columns - bars - 35 - ageColumns;
	const heading: Line = [
		span(
			`   ${' '.repeat(bars)}       OWN     SIZE  ${fitText('IMAGE', nameColumns)} ${'USE'.padEnd(8)} ${'LAST USE KNOWN'.padEnd(ageColumns)}`,
			'dim',
		),
	];
	const lines = lineEach(rows, (row): Line => {
		const more = row.furtherNames === 0 ? '' : ` +${row.furtherNames}`;
		return [
			span('   '),
			...createBar((row.ownBytes ?? row.sizeBytes) / most, bars, standingTones[row.standing]),
			span(` ${formatKnown(row.ownBytes).padStart(9)} ${formatBytes(row.sizeBytes).padStart(8)}  `),
			span(fitTail(row.name, nameColumns - more.length) + more),
			span(` ${standingWords[row.standing].padEnd(8)} `, standingTones[row.standing]),
			span(formatAge(row.lastUse, now), 'dim'),
		];
	});
	return joinLists([linesOf([blankLine, heading]), lines]);
}
