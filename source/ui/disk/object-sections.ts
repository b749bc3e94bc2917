/** What keeps the disk besides images: writable layers, log files, volumes, build cache, the engine's own directories. */
import {isRegistryImage} from '../../model/is-registry-image.ts';
import {sumBytes, type ByteSum} from '../../model/byte-sum.ts';
import type {HostDiskUsagePart} from '../../model/disk-usage.ts';
import {valueOf, type Reading} from '../../model/reading.ts';
import {formatCount, formatDuration, formatPlural} from '../../support/format.ts';
import type {DiskPage} from '../../view-state/disk-page.ts';
import {fitText} from '../fit-text.ts';
import {span, type Line} from '../line.ts';
import {joinLists, lineEach, linesOf, type LineList} from '../line-list.ts';
import {createBar} from './bar.ts';
import {createSection, type SectionFacts} from './disk-section.ts';
import {formatKnown, formatSum} from './format-sum.ts';

type Entry = {
	readonly name: string;
	readonly bytes: number | null;
	readonly facts: string;
	/** In another tone than the rest, behind the facts. */
	readonly badge?: string;
};

type ObjectSection = {
	readonly part: HostDiskUsagePart;
	readonly title: string;
	readonly summary: string;
	readonly none: string;
};

const barColumns = 8;

function createList<Value>(
	section: ObjectSection,
	values: readonly Value[],
	describe: (value: Value) => Entry,
	facts: SectionFacts,
	bytesOf: (value: Value) => number | null,
): LineList {
	const most = values.reduce((widest, value) => Math.max(widest, bytesOf(value) ?? 0), 1);
	const nameColumns = Math.floor((facts.canvas.columns - barColumns - 18) / 2);
	const body = lineEach(values, (value): Line => {
		const {name, bytes, facts: words, badge} = describe(value);
		return [
			span('   '),
			...createBar((bytes ?? 0) / most, barColumns, 'accent'),
			span(` ${formatKnown(bytes).padStart(9)}  ${fitText(name, nameColumns)} `),
			...(badge === undefined ? [] : [span(`${badge} `, 'notice')]),
			span(words, 'dim'),
		];
	});
	return createSection({...section, body}, facts);
}

function summarise(count: number, noun: string, sum: ByteSum): string {
	return `${formatPlural(count, noun)}, ${formatSum(sum)}`;
}

function listOf<T>(reading: Reading<readonly T[]>): readonly T[] {
	return valueOf(reading) ?? [];
}

export function createObjectSections(page: DiskPage, facts: SectionFacts): readonly LineList[] {
	return [
		createContainers(page, facts),
		createLogs(page, facts),
		createVolumes(page, facts),
		createBuildCache(facts),
		createRegistries(facts),
		createRoot(facts),
	];
}

function createContainers({containers}: DiskPage, facts: SectionFacts): LineList {
	const sum = sumBytes(containers.map(({writableBytes}) => writableBytes));
	const section = {
		part: 'containers',
		title: 'Writable layers',
		summary: summarise(containers.length, 'container', sum),
		none: 'no containers',
	} as const;
	return createList(
		section,
		containers,
		({name, writableBytes, state, image, finishedAt}) => ({
			name,
			bytes: writableBytes,
			facts: `${state}${finishedAt === null ? '' : ` ${formatDuration(facts.canvas.now - finishedAt)} ago`} · ${image}`,
			...(isRegistryImage(image) ? {badge: 'registry'} : {}),
		}),
		facts,
		({writableBytes}) => writableBytes,
	);
}

function createLogs({containerNames}: DiskPage, facts: SectionFacts): LineList {
	const logs = listOf(facts.host.diskUsage.logFiles);
	const section = {
		part: 'logFiles',
		title: 'Log files',
		summary: summarise(logs.length, 'container', sumBytes(logs.map(({bytes}) => bytes))),
		none: "no log files under the engine's root",
	} as const;
	const nameOf = (id: string): string => containerNames.get(id) ?? id.slice(0, 12);
	return createList(
		section,
		logs,
		({containerId, path, bytes}) => ({name: nameOf(containerId), bytes, facts: path}),
		facts,
		({bytes}) => bytes,
	);
}

function createVolumes({volumes}: DiskPage, facts: SectionFacts): LineList {
	const section = {
		part: 'volumes',
		title: 'Volumes',
		summary: summarise(volumes.length, 'volume', sumBytes(volumes.map(({bytes}) => bytes))),
		none: 'no volumes',
	} as const;
	return createList(
		section,
		volumes,
		({name, bytes, references, isAnonymous, driver}) => ({
			name: isAnonymous ? name.slice(0, 12) : name,
			bytes,
			facts: [
				references === null
					? 'use not known'
					: references === 0
						? 'unused'
						: `used by ${formatPlural(references, 'container')}`,
				...(isAnonymous ? ['anonymous'] : []),
				...(driver === 'local' ? [] : [driver]),
			].join(' · '),
		}),
		facts,
		({bytes}) => bytes,
	);
}

function createBuildCache(facts: SectionFacts): LineList {
	const entries = listOf(facts.host.diskUsage.buildCache);
	const own = sumBytes(entries.filter(({isShared}) => !isShared).map(({bytes}) => bytes));
	const all = sumBytes(entries.map(({bytes}) => bytes));
	const section = {
		part: 'buildCache',
		title: 'Build cache',
		summary: `${formatPlural(entries.length, 'record')}, ${formatSum({minBytes: own.minBytes, maxBytes: all.maxBytes})}`,
		none: 'no build cache',
	} as const;
	return createList(
		section,
		entries,
		({description, id, kind, bytes, lastUsedAt, inUse, isShared}) => ({
			name: description === '' ? id.slice(0, 12) : description,
			bytes,
			facts: [
				lastUsedAt === null ? 'last use unknown' : `used ${formatDuration(facts.canvas.now - lastUsedAt)} ago`,
				...(inUse ? ['in use'] : []),
				...(isShared ? ['shared with images'] : []),
				kind,
			].join(' · '),
		}),
		facts,
		({bytes}) => bytes,
	);
}

function createRegistries(facts: SectionFacts): LineList {
	const registries = listOf(facts.host.diskUsage.registries);
	const section = {
		part: 'registries',
		title: 'Registries in containers',
		summary: summarise(registries.length, 'store', sumBytes(registries.map(({bytes}) => bytes))),
		none: 'none recognised',
	} as const;
	return createList(
		section,
		registries,
		({name, path, bytes}) => ({name, bytes, facts: path ?? 'in its own writable layer'}),
		facts,
		({bytes}) => bytes,
	);
}

function createRoot(facts: SectionFacts): LineList {
	const root = valueOf(facts.host.diskUsage.rootDirectories);
	const directories = root?.directories ?? [];
	const layers = root?.layerDirectories ?? null;
	const section = {
		part: 'rootDirectories',
		title: "Engine's root",
		summary: root === null ? '' : `${root.path}, ${formatKnown(root.bytes)}`,
		none: 'no directories',
	} as const;
	const list = createList(
		section,
		directories,
		({name, path, bytes}) => ({name, bytes, facts: path}),
		facts,
		({bytes}) => bytes,
	);
	if (layers === null) return list;
	const orphans: Line = [
		span(
			`   ${formatCount(layers.present)} directories of layers, about ${formatCount(layers.unreferenced)} of them named by no image, container or build`,
			layers.unreferenced > 0 ? 'notice' : 'dim',
		),
	];
	return joinLists([list, linesOf([orphans])]);
}
