/** One host as a row of the ward board: every cell says whether it is a value, still awaited, not known or failed. */
import type {Severity} from '../model/finding.ts';
import type {HostKey} from '../model/host.ts';
import {isConnected, rungs} from '../model/ladder.ts';
import {valueOf, type Reading} from '../model/reading.ts';
import type {ReadingName} from '../model/readings.ts';
import {formatBytes, formatCount, formatRatio} from '../support/format.ts';
import type {HostState} from './fleet-state.ts';
import {selectIsUnreachable} from './select-fleet-counts.ts';
import {selectEngineRootRatio, selectRunningCount} from './select-host-numbers.ts';

export type Cell =
	| {readonly kind: 'pending'}
	| {readonly kind: 'unknown'}
	| {readonly kind: 'failed'}
	/** `staleFrom`: when the value is too old to be believed; 0 when its source is known to be broken now. */
	| {readonly kind: 'value'; readonly text: string; readonly at: number; readonly staleFrom: number};

/** What stands in a cell that has no value; a word where a sign would be taken for a severity. */
export const cellSigns: Readonly<Record<Exclude<Cell['kind'], 'value'>, string>> = {
	pending: '…',
	unknown: '–',
	failed: 'err',
};

export type HostRow = {
	readonly key: HostKey;
	readonly name: string;
	readonly severity: Severity;
	readonly unreachable: boolean;
	/** Connected, but silent: its numbers are the past. */
	readonly stale: boolean;
	/** The worst finding in words, or what is being waited for. */
	readonly why: string;
	/** Findings beyond the one in `why`. */
	readonly moreFindings: number;
	/** Start of the trouble in `why`, milliseconds since the epoch; null when there is none or it is not known. */
	readonly since: number | null;
	readonly engine: Cell;
	readonly driver: Cell;
	readonly root: Cell;
	readonly images: Cell;
	readonly kernel: Cell;
	readonly containers: Cell;
	/** When the host booted; null where that is not known now. */
	readonly bootedAt: number | null;
	readonly lastHeardAt: number | null;
};

/** Readings whose silence means something, with the age at which each stops being the present. */
export const staleAfterMs: Readonly<Partial<Record<ReadingName, number>>> = {
	vitals: 30_000,
	filesystems: 180_000,
};

export function selectHostRow(host: HostState): HostRow {
	const {readings, findings} = host;
	const unreachable = selectIsUnreachable(host);
	const cell = <T>(name: ReadingName, reading: Reading<T>, format: (value: T) => string | null): Cell =>
		unreachable ? {kind: 'unknown'} : cellOf(host, name, reading, format);
	return {
		key: host.host.key,
		name: host.host.name,
		severity: host.severity,
		unreachable,
		stale: isStale(host),
		why: findings[0]?.summary ?? whyWithoutFinding(host),
		moreFindings: Math.max(0, findings.length - 1),
		since: findings[0] === undefined ? null : findings[0].since,
		engine: cell('engine', readings.engine, (engine) => engine.version),
		driver: cell('engine', readings.engine, (engine) => engine.driver),
		root: cell('filesystems', readings.filesystems, (list) => {
			const ratio = selectEngineRootRatio(list);
			return ratio === null ? null : formatRatio(ratio);
		}),
		images: cell('images', readings.images, (images) =>
			images.bytes === null
				? `(${formatCount(images.count)})`
				: `${images.isUpperBound ? '≤' : ''}${formatBytes(images.bytes)} (${formatCount(images.count)})`,
		),
		kernel: cell('identity', readings.identity, (identity) => identity.kernel.release),
		containers: cell('containers', readings.containers, (list) => `${selectRunningCount(list)}/${list.length}`),
		bootedAt: unreachable ? null : selectBootedAt(host),
		lastHeardAt: host.lastHeardAt,
	};
}

/** When the host booted by its own uptime, milliseconds since the epoch of this machine's clock. */
export function selectBootedAt(host: HostState): number | null {
	const {identity, vitals} = host.readings;
	if (vitals.kind === 'ok') return vitals.at - vitals.value.uptimeSeconds * 1000;
	return identity.kind === 'ok' ? identity.at - identity.value.uptimeSeconds * 1000 : null;
}

function cellOf<T>(host: HostState, name: ReadingName, reading: Reading<T>, format: (value: T) => string | null): Cell {
	const engineBroken = isEngineBroken(host, name);
	if (reading.kind === 'pending') return engineBroken ? {kind: 'unknown'} : {kind: 'pending'};
	if (reading.kind === 'failed') return {kind: 'failed'};
	const text = format(reading.value);
	if (text === null) return {kind: 'unknown'};
	const limitMs = staleAfterMs[name];
	const staleFrom = engineBroken || isStale(host) ? 0 : limitMs === undefined ? Infinity : reading.at + limitMs;
	return {kind: 'value', text, at: reading.at, staleFrom};
}

function isStale({findings}: HostState): boolean {
	return findings.some(({id}) => id === 'stale');
}

/** Where only the description hangs, the list is as fresh as ever. */
function isEngineBroken({ladder}: HostState, name: ReadingName): boolean {
	if (ladder.broken === null) return false;
	return name === 'engine' || (ladder.broken.rung !== 'info' && (name === 'containers' || name === 'images'));
}

function whyWithoutFinding(host: HostState): string {
	const {ladder, attempted} = host;
	if (!attempted) return 'waiting for its turn';
	if (ladder.broken !== null) return ladder.broken.summary;
	if (!isConnected(ladder)) {
		const next = rungs[ladder.reached === null ? 0 : rungs.indexOf(ladder.reached) + 1];
		return `connecting: ${next ?? 'shell'}`;
	}
	if (host.severity === 'ok') return 'ok';
	return valueOf(host.readings.identity) === null ? 'reading' : 'not everything is known yet';
}
