/** A host's engine and its storage driver, as the engine describes them. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {EngineInfo} from '../../model/readings.ts';
import {fitText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line} from '../line.ts';
import {createAgeLines, createMissingLines} from './reading-lines.ts';

export function createStorageLines(host: HostState, canvas: Canvas): readonly Line[] {
	const reading = host.readings.engine;
	if (reading.kind !== 'ok') return createMissingLines(host, reading, 'engine', canvas);
	const engine = reading.value;
	const warnings = engine.warnings.flatMap((warning) =>
		wrapText(warning, canvas.columns - 4).map((line): Line => [span(` ▲ ${line}`, 'warning')]),
	);
	return [
		...createAgeLines(host, 'engine', reading.at, canvas),
		...createFacts('Engine', engineFacts(engine)),
		blankLine,
		...createFacts(`Storage driver ${engine.driver}`, engine.driverStatus),
		...(warnings.length === 0 ? [] : [blankLine, [span(' Warnings of the engine', 'strong')] as Line, ...warnings]),
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
