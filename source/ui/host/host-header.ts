/** The lines above the tabs: who the host is, how far up the ladder it got, what it runs, and how it feels. */
import type {HostState} from '../../fleet/fleet-state.ts';
import {cellSigns, selectBootedAt} from '../../fleet/select-host-row.ts';
import {selectSourceWords} from '../../fleet/select-source-words.ts';
import {isAbove, isConnected, rungs, type BrokenRung, type Rung} from '../../model/ladder.ts';
import type {Reading} from '../../model/reading.ts';
import type {Vitals} from '../../model/readings.ts';
import {formatBytes, formatDuration, formatRatio} from '../../support/format.ts';
import {hostTabs, type HostTab} from '../../view-state/view-state.ts';
import {fitLine} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span} from '../line.ts';
import {severityGlyphs} from '../../model/severity-glyphs.ts';

/** Five lines, the last one the tabs; `badges` (DEMO, FROZEN, clock) end the first. */
export function createHostHeader(
	host: HostState,
	tab: HostTab,
	badges: readonly Span[],
	canvas: Canvas,
): readonly Line[] {
	const badgeWidth = badges.reduce((sum, badge) => sum + badge.text.length, 0);
	return [
		[...fitLine(createTitle(host), canvas.columns - badgeWidth), ...badges],
		createLadderLine(host, canvas),
		createSystemLine(host, canvas),
		createVitalsLine(host, canvas),
		createTabsLine(host, tab),
	];
}

function createTitle(host: HostState): Line {
	const tags = [...host.host.groups, ...Object.entries(host.host.labels).map(([name, value]) => `${name}=${value}`)];
	const facts = [host.address ?? 'no address yet', tags.join(' '), host.transport].filter(Boolean);
	return [
		span(` ${severityGlyphs[host.severity]} `, host.severity),
		span(host.host.name, 'strong'),
		span(`  ${facts.join(' · ')}`, 'dim'),
	];
}

const shortNames: Partial<Record<Rung, string>> = {
	'key-exchange': 'kex',
	authentication: 'auth',
	'engine-socket': 'socket',
};

/** All of them must fit on a line of 80 columns. */
const shortRungs = rungs.map((rung) => shortNames[rung] ?? rung);

function createLadderLine({ladder}: HostState, {now}: Canvas): Line {
	const {reached, broken, withoutShell} = ladder;
	const climbed = reached === null ? 0 : rungs.indexOf(reached) + 1;
	if (broken === null && withoutShell !== undefined) {
		return [span(` ▲ engine only, no shell: ${withoutShell.summary}`, 'warning')];
	}
	if (broken === null) {
		const words = shortRungs.slice(0, climbed).join('›');
		return climbed === rungs.length
			? [span(' ✓ ', 'ok'), span(words, 'dim')]
			: [span(` … ${words} `, 'dim'), span(`next: ${rungs[climbed] ?? ''}`)];
	}
	const retry = formatRetry(broken, now);
	return [
		span(` ✖ ${broken.rung}: ${broken.summary}`, 'critical'),
		span(`  for ${formatDuration(now - broken.since)}, ${retry}`, 'dim'),
	];
}

/** An engine is asked on over the connection that holds; only what broke below the shell needs a new attempt. */
function formatRetry({rung, retryAt}: BrokenRung, now: number): string {
	if (isAbove(rung, 'shell')) return 'still asking';
	return retryAt === null ? 'needs a person' : `next try in ${formatDuration(retryAt - now)}`;
}

function createSystemLine(host: HostState, {now}: Canvas): Line {
	const {identity, engine} = host.readings;
	const sources = selectSourceWords(host.host);
	if (identity.kind !== 'ok') return [span(` system ${signOf(identity, host)} · from ${sources}`, 'dim')];
	const bootedAt = selectBootedAt(host);
	const connected = isConnected(host.ladder);
	const uptime = bootedAt === null || !connected ? '' : `up ${formatDuration(now - bootedAt)} · `;
	const {os, kernel} = identity.value;
	const version = engine.kind === 'ok' ? ` · ${engine.value.product} ${engine.value.version}` : '';
	return [
		span(` ${uptime}${os.prettyName} · ${kernel.release} ${kernel.machine}${version}`, connected ? 'plain' : 'dim'),
		span(` · from ${sources}`, 'dim'),
	];
}

function createVitalsLine(host: HostState, {now}: Canvas): Line {
	const {vitals} = host.readings;
	const heard = host.lastHeardAt === null ? 'never heard' : `heard ${formatDuration(now - host.lastHeardAt)} ago`;
	if (vitals.kind === 'pending') return [span(` ${heard} · load ${signOf(vitals, host)}`, 'dim')];
	if (vitals.kind === 'failed') {
		return [span(` ${heard} · load ${cellSigns.failed}: ${vitals.reason.message}`, 'warning')];
	}
	const words = formatVitals(vitals.value);
	if (isConnected(host.ladder)) return [span(` ${heard} · `, 'dim'), span(words)];
	return [span(` ${heard} · ${formatDuration(now - vitals.at)} ago it was: ${words}`, 'dim')];
}

/** A reading is awaited only from a host that is being reached or answers. */
function signOf({kind}: Reading<unknown>, {ladder}: HostState): string {
	if (kind === 'failed') return cellSigns.failed;
	return ladder.broken !== null && !isConnected(ladder) ? cellSigns.unknown : cellSigns.pending;
}

function formatVitals(vitals: Vitals): string {
	const {load1, load5, load15, cpuCount, memoryTotalBytes, memoryAvailableBytes, pressure} = vitals;
	const loads = [load1, load5, load15].map((load) => load.toFixed(2)).join(' ');
	const memory =
		memoryAvailableBytes === null
			? `memory – of ${formatBytes(memoryTotalBytes)}`
			: `memory ${formatRatio(1 - memoryAvailableBytes / memoryTotalBytes)} of ${formatBytes(memoryTotalBytes)}`;
	const stalls = (['cpu', 'memory', 'io'] as const).flatMap((name) => {
		const stalled = pressure[name];
		return stalled === null ? [] : [`${name} ${formatRatio(stalled.some)}`];
	});
	const pressed = stalls.length === 0 ? 'pressure –' : `pressure ${stalls.join(' ')}`;
	return `load ${loads}${cpuCount === null ? '' : ` on ${cpuCount} CPUs`} · ${memory} · ${pressed}`;
}

function createTabsLine(host: HostState, open: HostTab): Line {
	const {containers} = host.readings;
	const counts: Partial<Record<HostTab, number>> = {findings: host.findings.length};
	if (containers.kind === 'ok') counts.containers = containers.value.length;
	return hostTabs.flatMap((tab, index): Line => {
		const count = counts[tab];
		const words = ` ${index + 1} ${tab}${count === undefined ? '' : ` (${count})`} `;
		// Brackets too: without colours the open tab must still be seen.
		return tab === open ? [span(`[${words.trim()}]`, 'inverse'), span(' ')] : [span(`${words} `)];
	});
}
