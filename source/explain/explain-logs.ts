/** Explains saved logs: reads each group of files in turn, in bounded memory, and gathers what was found. */
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import {formatIsoTime} from '../health/format-iso-time.ts';
import {createGroupExplainer, type FoundIncident} from './explain-group.ts';
import type {ExplainedIncident, ExplainedLog, Explanation} from './explanation.ts';
import type {InputGroup} from './group-inputs.ts';
import {createIncidentShelf} from './incident-shelf.ts';
import {InputError} from './input-error.ts';
import {createLogTally} from './log-tally.ts';
import type {OnLines} from './read-lines.ts';

/** Passes on the lines of an input; rejects with `InputError` where it breaks off. */
export type ReadInput = (input: string, onLines: OnLines) => Promise<void>;

export type ExplainOptions = {
	readonly groups: readonly InputGroup[];
	readonly readInput: ReadInput;
	readonly catalogue: CompiledCatalogue;
	/** As `uname -r`; null learns it from the log. */
	readonly kernelRelease: string | null;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

/** What could be read is explained also where an input breaks off; the reason is then among `troubles`. */
export async function explainLogs(options: ExplainOptions): Promise<Explanation> {
	const {catalogue, kernelRelease, now} = options;
	const [tally, shelf] = [createLogTally(), createIncidentShelf()];
	const logs: ExplainedLog[] = [];
	const troubles: string[] = [];
	for (const files of options.groups) {
		const [file = '-'] = files;
		const onIncidents = (found: readonly FoundIncident[]): void => shelf.add(mapFound(found, file));
		const explainer = createGroupExplainer({catalogue, kernelRelease, now, tally, onIncidents});
		const onLines: OnLines = (lines) => {
			for (const line of lines) {
				tally.noteLine();
				explainer.line(line);
			}
		};
		for (const input of files) {
			try {
				await options.readInput(input, onLines);
			} catch (error) {
				if (!(error instanceof InputError)) throw error;
				troubles.push(error.message);
			}
		}
		logs.push(...explainer.end().map(({host, boots}) => ({files, host, boots})));
	}
	return {logs, ...tally.total(), troubles, leftOut: shelf.leftOut(), incidents: shelf.incidents()};
}

function mapFound(found: readonly FoundIncident[], file: string): readonly ExplainedIncident[] {
	const idOfKey = new Map(found.map(({incident}) => [incident.key, incident.id]));
	return found.map(({incident, host, boot}) => {
		const {id, severity, category, title, subject, via, count, isLowerBound, state, also} = incident;
		const {firstAt, lastAt, firstSeconds, lastSeconds, followsKey, unverifiedOrigin} = incident;
		const {meaning, advice, source, lines} = incident;
		return {
			id,
			severity,
			category,
			title,
			subject,
			via,
			count,
			isLowerBound,
			state,
			first: firstAt === null ? null : formatIsoTime(firstAt),
			last: lastAt === null ? null : formatIsoTime(lastAt),
			firstSeconds,
			lastSeconds,
			also,
			follows: followsKey === null ? null : (idOfKey.get(followsKey) ?? null),
			unverifiedOrigin,
			file,
			host,
			boot,
			meaning,
			advice,
			source,
			lines,
		};
	});
}
