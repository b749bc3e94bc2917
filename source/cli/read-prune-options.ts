/** Reads what is asked of `sickbay prune`: what may go, what must stay, and whether it is to be done. */
import type {PruneWishes} from '../model/prune-plan.ts';
import {UserError} from '../model/user-error.ts';
import {parseAge} from '../support/parse-age.ts';
import {parsePercent} from '../support/parse-percent.ts';
import {quoteWord} from '../support/quote-word.ts';
import type {PruneInvocation} from './invocation.ts';
import type {OptionName} from './options-table.ts';

type GivenOption = readonly [name: OptionName, value: string | null];

/** Throws `UserError` without a host: what removes things takes no "all hosts" for granted. */
export function readPruneMode(
	values: ReadonlyMap<OptionName, string | null>,
	hosts: readonly string[],
): PruneInvocation['mode'] {
	if (hosts.length === 0 && !values.has('demo')) {
		throw new UserError(
			'prune needs to be told on which hosts',
			'Name them: sickbay prune web-01 --dry-run, or a group: sickbay prune @web --dry-run.',
		);
	}
	const [isDry, isYes] = [values.has('dry-run'), values.has('yes')];
	if (isDry && isYes) {
		throw new UserError('--dry-run and --yes contradict each other', 'Look at the plan first: leave out --yes.');
	}
	if (isDry) return 'dry-run';
	return isYes ? 'yes' : 'ask';
}

/** Only what was given, in the order it was; of `--volumes` and `--protect` all. Throws `UserError`. */
export function readPruneWishes(given: readonly GivenOption[]): Partial<PruneWishes> {
	const values = new Map(given);
	const readGiven = <T>(name: OptionName, read: (text: string, name: OptionName) => T): T | undefined => {
		const text = values.get(name);
		return text === undefined || text === null ? undefined : read(text, name);
	};
	const all = (name: OptionName): readonly string[] =>
		given.flatMap(([option, value]) => (option === name && value !== null ? [value] : []));
	const wishes = {
		olderThanMs: readGiven('older-than', readAge),
		unusedForMs: readGiven('unused-for', readAge),
		keepNewest: readGiven('keep', readCount),
		dangling: values.has('dangling') ? true : undefined,
		buildCache: values.has('build-cache') ? true : undefined,
		stoppedForMs: readGiven('stopped', readAge),
		logs: values.has('logs') ? true : undefined,
		volumes: values.has('volumes') ? all('volumes').flatMap(readVolumeNames) : undefined,
		protect: values.has('protect') ? all('protect') : undefined,
		freeUntilRatio: readGiven('free-until', readRatio),
	};
	return Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
}

function readAge(text: string, name: OptionName): number {
	const ageMs = parseAge(text);
	if (ageMs !== null) return ageMs;
	throw new UserError(
		`--${name} takes an age, not ${quoteWord(text, 40)}`,
		'Write a number and its unit: 12h, 14d or 2w.',
	);
}

function readCount(text: string): number {
	if (/^\d{1,4}$/.test(text)) return Number(text);
	throw new UserError(`--keep takes a number of images, not ${quoteWord(text, 40)}`, 'Write for example: --keep 2.');
}

function readRatio(text: string): number {
	const ratio = parsePercent(text);
	if (ratio !== null) return ratio;
	throw new UserError(
		`--free-until takes 1% to 100%, not ${quoteWord(text, 40)}`,
		'Write for example: --free-until 70%.',
	);
}

/** Names as engines allow them; a list with commas is several. A pattern is none, because volumes hold data. */
function readVolumeNames(text: string): readonly string[] {
	return text.split(',').map((name) => {
		if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(name)) return name;
		throw new UserError(
			`${quoteWord(name, 60)} is not the name of a volume`,
			'Write each name in full; patterns are not taken, because volumes hold data.',
		);
	});
}
