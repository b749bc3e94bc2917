/** The incidents of a boot as a list with a cursor, worst first. */
import type {KernelIncident} from '../../model/kernel-incident.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';
import {formatCount} from '../../support/format.ts';
import {isTrouble} from '../../view-state/kernel-layout.ts';
import {displayWidth, fitText} from '../fit-text.ts';
import {span, type Canvas, type Line} from '../line.ts';
import {formatIncidentTimes} from './kernel-time.ts';
import {severityOfIncident} from './kernel-tone.ts';

/** Exactly `rows` lines; where they are too few, the last one says how many incidents are not shown. */
export function createIncidentLines(
	incidents: readonly KernelIncident[],
	chosen: KernelIncident | null,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	const all = incidents.length <= rows;
	// A calm log has one line for all that is only information, and says above how much that is.
	const shown = all ? rows : Math.max(1, rows - (incidents.some(isTrouble) ? 1 : 0));
	const cursor = chosen === null ? 0 : incidents.indexOf(chosen);
	const top = all ? 0 : Math.max(0, Math.min(cursor - shown + 1, incidents.length - shown));
	const drawn = incidents.slice(top, top + shown);
	const widths = {
		count: Math.max(0, ...drawn.map((incident) => displayWidth(formatIncidentCount(incident)))),
		times: Math.max(0, ...drawn.map((incident) => displayWidth(formatIncidentTimes(incident, canvas)))),
	};
	const lines = drawn.map((incident) => createIncidentLine(incident, incident === chosen, widths, canvas));
	const hidden = [...incidents.slice(0, top), ...incidents.slice(top + shown)];
	const what = hidden.some(isTrouble) ? 'more incidents' : 'more for information';
	const more = `   … ${formatCount(hidden.length)} ${what}, J and K reach them`;
	return shown >= rows ? lines : [...lines, [span(more, 'dim')]];
}

type Widths = {readonly count: number; readonly times: number};

function createIncidentLine(incident: KernelIncident, chosen: boolean, widths: Widths, canvas: Canvas): Line {
	const severity = severityOfIncident(incident);
	const word = incident.state === 'over' ? 'over' : incident.severity;
	const facts = ` ${formatIncidentCount(incident).padStart(widths.count)} ${formatIncidentTimes(incident, canvas).padEnd(widths.times)}`;
	const room = canvas.columns - displayWidth(facts) - 13;
	const title = fitText(formatTitle(incident), Math.max(10, room));
	const tone = severity === 'notice' ? 'dim' : severity;
	return [
		span(chosen ? '›' : ' ', 'accent'),
		span(`${severityGlyphs[severity]} ${word.padEnd(8)} `, severity),
		span(title, chosen ? 'inverse' : tone),
		span(facts, 'dim'),
	];
}

/** With whose code failed, where the title does not say. */
function formatTitle({title, via, followsKey}: KernelIncident): string {
	const code = via === null || title.includes(via) ? '' : ` [${via}]`;
	return `${title}${code}${followsKey === null ? '' : ' (follows another)'}`;
}

/** `3×`, `10+×`; nothing for what happened once. */
export function formatIncidentCount({count, isLowerBound}: KernelIncident): string {
	return count === 1 && !isLowerBound ? '' : `${formatCount(count)}${isLowerBound ? '+' : ''}×`;
}
