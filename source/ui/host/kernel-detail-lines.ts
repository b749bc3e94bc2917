/** One incident in full: what it means, what to do, and its lines as logged; and how an earlier boot ended. */
import {selectEarlierBoots, type OpenBoot} from '../../fleet/select-open-boot.ts';
import type {HostState} from '../../fleet/fleet-state.ts';
import type {Boot} from '../../model/boots.ts';
import type {KernelIncident} from '../../model/kernel-incident.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatDuration} from '../../support/format.ts';
import {wrapColumns} from '../../view-state/kernel-layout.ts';
import {wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Tone} from '../line.ts';
import {formatMoment} from './finding-lines.ts';
import {formatIncidentCount} from './kernel-incident-lines.ts';
import {severityOfIncident, toneOfEnding} from './kernel-tone.ts';

/** All lines of what `Enter` shows. */
export function createKernelDetailLines(
	host: HostState,
	{boot, incidents}: OpenBoot,
	chosen: KernelIncident | null,
	canvas: Canvas,
): readonly Line[] {
	const incident = chosen === null ? [] : createIncidentDetail(chosen, incidents, canvas);
	const ending =
		boot === null
			? []
			: [[span(` How boot ${boot.index} ended`, 'strong')] as Line, ...createBootDetail(host, boot, canvas)];
	return [...incident, ...(incident.length > 0 && ending.length > 0 ? [blankLine] : []), ...ending];
}

function createIncidentDetail(
	incident: KernelIncident,
	incidents: readonly KernelIncident[],
	canvas: Canvas,
): readonly Line[] {
	const severity = severityOfIncident(incident);
	const {title, meaning, advice, source, lines, followsKey, unverifiedOrigin} = incident;
	const cause = incidents.find(({key}) => key === followsKey);
	const place = `incident ${incidents.indexOf(incident) + 1} of ${incidents.length}`;
	const [first = '', ...more] = wrapText(title, canvas.columns - 4);
	return [
		[span(` ${severityGlyphs[severity]} `, severity), span(first, 'strong')],
		...more.map((line): Line => [span(`   ${line}`, 'strong')]),
		...indented(`${place} · ${describe(incident, canvas.now)}`, 'dim', canvas),
		...(cause === undefined ? [] : indented(`It may only be a consequence of: ${cause.title}`, 'warning', canvas)),
		...indented(meaning, 'plain', canvas),
		...(advice === '' ? [] : indented(`→ ${advice}`, 'accent', canvas)),
		...(unverifiedOrigin ? indented(forgedWords, 'warning', canvas) : []),
		...indented(`known from ${source}`, 'dim', canvas),
		blankLine,
		...createRawLines(lines, canvas),
	];
}

const forgedWords =
	'This source of the log does not say who wrote a line, so a program on the host could have forged it.';

function describe(incident: KernelIncident, now: number): string {
	const {severity, category, via, count, isLowerBound, id, also, state, firstAt, lastAt} = incident;
	const times = count === 1 && !isLowerBound ? [] : [`${formatIncidentCount(incident).slice(0, -1)} times`];
	const dates =
		firstAt === null
			? formatSeconds(incident)
			: lastAt === null || lastAt - firstAt < 60_000
				? [`${formatMoment(firstAt)} (${formatDuration(now - firstAt)} ago)`]
				: [`${formatMoment(firstAt)} to ${formatMoment(lastAt)} (${formatDuration(now - lastAt)} ago)`];
	const signature = also.length === 0 ? id : `${id} with ${also.join(', ')}`;
	return [
		state === 'over' ? `${severity}, over` : severity,
		category,
		...(via === null ? [] : [`via ${via}`]),
		...times,
		...dates,
		signature,
	].join(' · ');
}

function formatSeconds({firstSeconds, lastSeconds}: KernelIncident): readonly string[] {
	if (firstSeconds === null) return [];
	const end = lastSeconds === null || lastSeconds - firstSeconds < 1 ? '' : ` to ${lastSeconds.toFixed(0)} s`;
	return [`${firstSeconds.toFixed(0)} s${end} after boot`];
}

/** Why it ended, and what that rests on. */
export function createBootDetail(host: HostState, boot: Boot, canvas: Canvas): readonly Line[] {
	const {startedAt, endedAt, ending, reason, evidence} = boot;
	// The advice is about the last stop only.
	const advice = selectEarlierBoots(host)[0] === boot ? host.bootHistory?.advice : null;
	const ran = [
		startedAt === null ? null : `started ${formatMoment(startedAt)}`,
		endedAt === null
			? 'its end is not dated'
			: `ended ${formatMoment(endedAt)} (${formatDuration(canvas.now - endedAt)} ago)`,
	];
	return [
		...indented(reason, toneOfEnding(ending), canvas),
		...indented(ran.filter((words) => words !== null).join(' · '), 'dim', canvas),
		...createRawLines(evidence, canvas),
		...(advice == null ? [] : indented(`→ ${advice}`, 'accent', canvas)),
		...createSourceLines(host, canvas),
	];
}

/** What each place that can remember earlier boots gave; also where it gave nothing, and why. */
function createSourceLines(host: HostState, canvas: Canvas): readonly Line[] {
	const sources = host.bootHistory?.sources ?? [];
	return sources.flatMap(({source, state, detail}) =>
		indented(`${source}: ${state === 'read' ? detail : `${state.replace('-', ' ')}: ${detail}`}`, 'dim', canvas),
	);
}

function createRawLines(lines: readonly string[], canvas: Canvas): readonly Line[] {
	return lines.flatMap((line) =>
		wrapColumns(line, Math.max(20, canvas.columns - 6)).map((piece): Line => [span(`   │ ${piece}`, 'notice')]),
	);
}

function indented(text: string, tone: Tone, canvas: Canvas): readonly Line[] {
	return wrapText(text, Math.max(20, canvas.columns - 4)).map((line): Line => [span(`   ${line}`, tone)]);
}
