/** The command table as the help overlay shows it. */
import {cellSigns} from '../fleet/select-host-row.ts';
import {severities, type Severity} from '../model/finding.ts';
import {severityGlyphs} from '../model/severity-glyphs.ts';
import type {ViewState} from '../view-state/view-state.ts';
import {isAvailable} from './command.ts';
import {commandGroups, commandTable} from './command-table.ts';
import {formatKeys} from './format-key.ts';
import {scopeTitles} from './format-key-table.ts';

export type HelpLine =
	| {readonly kind: 'heading'; readonly text: string}
	| {readonly kind: 'command'; readonly keys: string; readonly title: string; readonly where: string}
	| {readonly kind: 'sign'; readonly sign: string; readonly meaning: string}
	| {readonly kind: 'blank'};

const severityTitles: Readonly<Record<Severity, string>> = {
	critical: 'critical',
	warning: 'warning',
	notice: 'notice',
	ok: 'ok: everything was read, nothing was found',
	unknown: 'unreachable, or not all that matters is known',
};

/** What the signs on the board mean. */
const signs: readonly (readonly [string, string])[] = [
	...severities.map((severity) => [severityGlyphs[severity], severityTitles[severity]] as const),
	[cellSigns.pending, 'asked, not answered yet'],
	[cellSigns.unknown, 'not known'],
	[cellSigns.failed, 'could not be read; the host view says why'],
	['~ or an age', 'of the past: its source does not answer now'],
	['≤', 'at most: shared layers are counted more than once'],
	['≥', 'at least: the containers of some hosts are not known'],
	['+2 after WHY', 'so many further findings'],
];

/** All commands by group, then the signs, with a blank line between groups. */
export function formatHelp(view: Pick<ViewState, 'readOnly'>): readonly HelpLine[] {
	const groups = commandGroups.filter((group) =>
		commandTable.some((command) => command.group === group && isAvailable(command, view)),
	);
	const commands = groups.flatMap((group, index): readonly HelpLine[] => [
		...(index === 0 ? [] : [{kind: 'blank'} as const]),
		{kind: 'heading', text: group},
		...commandTable
			.filter((command) => command.group === group && isAvailable(command, view))
			.map((command): HelpLine => ({
				kind: 'command',
				keys: formatKeys(command.keys) || ':',
				title: command.title,
				where: command.scope === 'everywhere' ? '' : scopeTitles[command.scope],
			})),
	]);
	const legend = signs.map(([sign, meaning]): HelpLine => ({kind: 'sign', sign, meaning}));
	return [...commands, {kind: 'blank'}, {kind: 'heading', text: 'Signs'}, ...legend];
}
