/** What a tab says instead of a value that is not there, and above one that is not of now. */
import type {HostState} from '../../fleet/fleet-state.ts';
import {staleAfterMs} from '../../fleet/select-host-row.ts';
import {isConnected} from '../../model/ladder.ts';
import type {FailedReading, PendingReading} from '../../model/reading.ts';
import type {ReadingName} from '../../model/readings.ts';
import {formatDuration} from '../../support/format.ts';
import {displayWidth, wrapText} from '../fit-text.ts';
import {span, type Canvas, type Line} from '../line.ts';

export function createMissingLines(
	host: HostState,
	reading: PendingReading | FailedReading,
	what: string,
	canvas: Canvas,
): readonly Line[] {
	if (reading.kind === 'failed') {
		const age = formatDuration(canvas.now - reading.at);
		const [first = '', ...more] = wrapText(reading.reason.message, canvas.columns - 3);
		const head = ` ▲ ${what} could not be read (${age} ago): `;
		if (displayWidth(head) + displayWidth(first) <= canvas.columns && more.length === 0) {
			return [[span(head, 'warning'), span(first)]];
		}
		return [[span(head.trimEnd(), 'warning')], ...[first, ...more].map((line): Line => [span(`   ${line}`)])];
	}
	const {broken} = host.ladder;
	if (broken !== null) return [[span(` – ${what} not known: ${broken.summary}`, 'dim')]];
	return [[span(` … ${what} not read yet`, 'dim')]];
}

/** A warning line when the value below is no longer the present, else none. */
export function createAgeLines(host: HostState, name: ReadingName, at: number, canvas: Canvas): readonly Line[] {
	const limitMs = staleAfterMs[name];
	const ageMs = canvas.now - at;
	const lost = selectIsLost(host, name);
	if (!lost && (limitMs === undefined || ageMs < limitMs)) return [];
	const cause = lost ? (host.ladder.broken?.summary ?? 'not connected') : 'no newer answer';
	return [[span(` ▲ as of ${formatDuration(ageMs)} ago: `, 'warning'), span(cause, 'dim')]];
}

/** True when the source of a reading does not answer now, so that its value is of the past. */
export function selectIsLost(host: HostState, name: ReadingName): boolean {
	if (!isConnected(host.ladder)) return true;
	return host.ladder.broken !== null && (name === 'engine' || name === 'containers' || name === 'images');
}
