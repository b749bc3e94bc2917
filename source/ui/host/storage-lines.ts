/** A host's engine and its storage driver: what is known against them, and how the engine describes them. */
import type {HostState} from '../../fleet/fleet-state.ts';
import {selectStorageVerdict, type StorageVerdict} from '../../fleet/select-storage-verdict.ts';
import type {EngineInfo} from '../../model/readings.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {fitText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Tone} from '../line.ts';
import {createAgeLines, createMissingLines} from './reading-lines.ts';

export function createStorageLines(host: HostState, canvas: Canvas): readonly Line[] {
	const reading = host.readings.engine;
	if (reading.kind !== 'ok') return createMissingLines(host, reading, 'engine', canvas);
	const engine = reading.value;
	const verdict = selectStorageVerdict(host, engine, canvas.now);
	const warnings = engine.warnings.flatMap((warning) =>
		wrapText(warning, canvas.columns - 4).map((line): Line => [span(` ▲ ${line}`, 'warning')]),
	);
	return [
		...createAgeLines(host, 'engine', reading.at, canvas),
		...createVerdict(verdict, canvas),
		blankLine,
		...createFacts('Engine', engineFacts(engine)),
		blankLine,
		...createFacts(`Storage driver ${engine.driver}`, [...verdict.facts, ...engine.driverStatus]),
		...(warnings.length === 0 ? [] : [blankLine, [span(' Warnings of the engine', 'strong')] as Line, ...warnings]),
	];
}

/** Never "healthy": only that nothing is known against it, and what is not known. */
function createVerdict({notJudged, findings, combination, unknown}: StorageVerdict, canvas: Canvas): readonly Line[] {
	const wrapped = (text: string, tone: Tone, indent = 3): readonly Line[] =>
		wrapText(text, Math.max(20, canvas.columns - indent - 1)).map((line) => [
			span(`${' '.repeat(indent)}${line}`, tone),
		]);
	const title: Line = [span(' Verdict', 'strong')];
	if (notJudged !== null) return [title, ...wrapped(notJudged, 'dim')];
	return [
		title,
		...(findings.length === 0
			? wrapped(`Nothing is known against this combination: ${combination}.`, 'plain')
			: findings.flatMap(({severity, summary, advice}) => [
					...wrapped(`${severityGlyphs[severity]} ${summary}`, severity),
					...wrapped(`→ ${advice}`, 'accent', 5),
				])),
		...(unknown.length === 0 ? [] : wrapped(`Not known: ${unknown.join(', ')}.`, 'unknown')),
	];
}

function engineFacts(engine: EngineInfo): readonly (readonly [string, string])[] {
	return [
		['product', engine.product],
		['version', `${engine.version} (API ${engine.apiVersion})`],
		['reached', engine.via],
		['data', engine.rootDir],
		['cgroups', engine.cgroupVersion ?? '–'],
		['live restore', engine.liveRestore === null ? '–' : engine.liveRestore ? 'yes' : 'no'],
		['swarm', engine.swarmState ?? '–'],
	];
}

function createFacts(title: string, facts: readonly (readonly [string, string])[]): readonly Line[] {
	const width = facts.reduce((most, [name]) => Math.max(most, Math.min(36, name.length)), 0);
	return [
		[span(` ${title}`, 'strong')],
		...facts.map(([name, value]): Line => [span(`   ${fitText(name.trim(), width)}  `, 'dim'), span(value)]),
	];
}
