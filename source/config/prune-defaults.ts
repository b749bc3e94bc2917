/** What a prune of a host asks for: what was typed, and what the configuration says of all hosts and of its groups. */
import type {PruneWishes} from '../model/prune-plan.ts';
import {parseAge} from '../support/parse-age.ts';
import {parsePercent} from '../support/parse-percent.ts';
import type {PruneGroup, PruneSection} from './prune-schema.ts';

export type PruneDefaults = {
	readonly all: Partial<PruneWishes>;
	/** In the order of the file. */
	readonly groups: readonly {readonly name: string; readonly wishes: Partial<PruneWishes>}[];
};

export function mapPruneSection(section: PruneSection | undefined): PruneDefaults {
	const {groups = {}, ...all} = section ?? {};
	return {
		all: mapWishes(all),
		groups: Object.entries(groups).map(([name, group]) => ({name, wishes: mapWishes(group)})),
	};
}

function mapWishes(written: PruneGroup): Partial<PruneWishes> {
	const {olderThan, unusedFor, keep, dangling, buildCache, stopped, logs, protect, freeUntil} = written;
	const wishes = {
		olderThanMs: olderThan === undefined ? undefined : parseAge(olderThan),
		unusedForMs: unusedFor === undefined ? undefined : parseAge(unusedFor),
		keepNewest: keep,
		dangling,
		buildCache,
		stoppedForMs: stopped === undefined ? undefined : parseAge(stopped),
		logs,
		protect,
		freeUntilRatio: freeUntil === undefined ? undefined : parsePercent(freeUntil),
	};
	return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
}

/** What selects objects; the rest only limits what is selected. */
const selecting = ['olderThanMs', 'unusedForMs', 'dangling', 'buildCache', 'stoppedForMs', 'logs', 'volumes'] as const;

/**
 * As soon as anything is selected on the command line, only that is: the configuration then only limits it (`keep`,
 * `freeUntil`), and what it protects is protected always.
 */
export function choosePruneWishes(
	host: {readonly groups: readonly string[]},
	typed: Partial<PruneWishes>,
	{all, groups}: PruneDefaults,
	none: PruneWishes,
): PruneWishes {
	const layers = [all, ...groups.filter(({name}) => host.groups.includes(name)).map(({wishes}) => wishes)];
	const isSelected = selecting.some((name) => typed[name] !== undefined);
	const configured = layers.map((layer) => (isSelected ? withoutSelection(layer) : layer));
	const protect = [...new Set([...layers, typed].flatMap((layer) => layer.protect ?? []))];
	return Object.assign({}, none, ...configured, typed, {protect, volumes: typed.volumes ?? []}) as PruneWishes;
}

function withoutSelection(layer: Partial<PruneWishes>): Partial<PruneWishes> {
	const names: readonly string[] = selecting;
	return Object.fromEntries(Object.entries(layer).filter(([name]) => !names.includes(name)));
}
