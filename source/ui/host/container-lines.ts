/** A host's containers, troubled ones first. */
import type {HostState} from '../../fleet/fleet-state.ts';
import type {Container} from '../../model/readings.ts';
import {displayWidth, fitText, truncateText} from '../fit-text.ts';
import {span, type Canvas, type Line, type Tone} from '../line.ts';
import {createAgeLines, createMissingLines, selectIsLost} from './reading-lines.ts';

export function createContainerLines(host: HostState, canvas: Canvas): readonly Line[] {
	const reading = host.readings.containers;
	if (reading.kind !== 'ok') return createMissingLines(host, reading, 'containers', canvas);
	const lost = selectIsLost(host, 'containers');
	const list = [...reading.value].sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
	const widths = columnWidths(list, canvas.columns);
	return [
		...createAgeLines(host, 'containers', reading.at, canvas),
		[span(titleLine(widths), 'dim')],
		...list.map((container) => createContainerLine(container, widths, lost)),
		...(list.length === 0 ? [[span(' No containers.', 'dim')]] : []),
	];
}

type Widths = {readonly name: number; readonly image: number; readonly status: number; readonly ports: number};

const stateWidth = 11;

/** Names and images get what they need up to a share; the rest is for status and ports. */
function columnWidths(list: readonly Container[], columns: number): Widths {
	const longest = (text: (container: Container) => string): number =>
		list.reduce((most, container) => Math.max(most, Math.min(200, displayWidth(text(container).slice(0, 200)))), 6);
	const room = columns - stateWidth - 6;
	const name = Math.min(
		longest((container) => container.name),
		Math.floor(room * 0.32),
	);
	const image = Math.min(
		longest((container) => container.image),
		Math.floor(room * 0.32),
	);
	const status = Math.min(Math.max(6, room - name - image), 26);
	return {name, image, status, ports: Math.max(0, room - name - image - status)};
}

function titleLine({name, image, status, ports}: Widths): string {
	return `   ${fitText('NAME', name)} ${fitText('STATE', stateWidth)}${fitText('IMAGE', image)} ${fitText('STATUS', status)} ${truncateText('PORTS', ports)}`;
}

function createContainerLine(container: Container, widths: Widths, lost: boolean): Line {
	const tone = lost ? 'dim' : toneOf(container);
	const word = container.health === 'unhealthy' || container.health === 'starting' ? container.health : container.state;
	const rest = `${fitText(container.image, widths.image)} ${fitText(container.status, widths.status)} ${truncateText(container.ports.join(' '), widths.ports)}`;
	return [
		span(` ${glyphOf(container)} `, tone),
		span(`${fitText(container.name, widths.name)} `, lost ? 'dim' : 'strong'),
		span(fitText(word, stateWidth), tone),
		span(rest, lost || container.state !== 'running' ? 'dim' : 'plain'),
	];
}

function rankOf(container: Container): number {
	if (container.state === 'dead' || container.health === 'unhealthy') return 0;
	if (container.state === 'restarting') return 1;
	if (container.state === 'running') return 2;
	return container.state === 'paused' ? 3 : 4;
}

function glyphOf(container: Container): string {
	if (rankOf(container) === 0) return '✖';
	if (container.state === 'restarting') return '▲';
	if (container.state === 'running') return '●';
	return container.state === 'unknown' ? '?' : '–';
}

function toneOf(container: Container): Tone {
	if (rankOf(container) === 0) return 'critical';
	if (container.state === 'restarting' || container.health === 'starting') return 'warning';
	return container.state === 'running' ? 'ok' : 'dim';
}
