/** `sickbay doctor`: every rung to one host, what was tried, what to do at the first that broke, and what cannot be read. */
import type {HostState} from '../fleet/fleet-state.ts';
import {selectKernelLogWay} from '../fleet/select-kernel-log-way.ts';
import {selectSourceWords} from '../fleet/select-source-words.ts';
import {adviseOnFailure} from '../health/advise-on-failure.ts';
import {isAbove, isConnected, type BrokenRung, type Ladder, type Rung} from '../model/ladder.ts';
import type {BootEvidence, BootSourceState} from '../model/boots.ts';
import type {ReadingName} from '../model/readings.ts';
import {formatDuration} from '../support/format.ts';
import {wrapText} from './fit-text.ts';
import {describeRungs, type RungWords} from './rung-words.ts';

const columns = 80;
const marks = {passed: '✓', broken: '✖', untried: '–'} as const;

/** Text without escape sequences, ending with a newline. `now` in milliseconds since the epoch. */
export function formatDoctor(host: HostState, now: number): string {
	const name = `${host.host.name}${host.host.demo ? ' (DEMO)' : ''}`;
	const sources = selectSourceWords(host.host);
	const lines = [
		sources === '' ? name : `${name}, from ${sources}`,
		'',
		...describeRungs(host).flatMap((rung) => formatRung(rung, host, now)),
		'',
		...formatReadings(host, now),
		'',
		conclude(host),
	];
	return `${lines.join('\n')}\n`;
}

function formatRung({rung, title, tried}: RungWords, {ladder, address}: HostState, now: number): readonly string[] {
	const state = stateOf(rung, ladder);
	const broken = brokenAt(rung, ladder);
	const step = ladder.steps?.find((climbed) => climbed.rung === rung);
	const after = state === 'broken' ? broken?.afterMs : state === 'passed' ? step?.afterMs : undefined;
	const time = (after === undefined ? '' : `${after} ms`).padStart(9);
	const words = title === null ? tried : `${title}: ${tried}`;
	const line = `  ${marks[state]} ${rung.padEnd(15)}${time}  ${state === 'untried' ? 'not tried' : words}`;
	if (state === 'broken' && broken !== null) return [line, ...formatBroken(broken, address, now)];
	return state === 'passed' && step?.note ? [line, ...indent(step.note, noteIndent)] : [line];
}

/** Notes stand under what was tried. */
const noteIndent = ' '.repeat(30);

function brokenAt(rung: Rung, {broken, withoutShell}: Ladder): BrokenRung | null {
	if (withoutShell !== undefined && rung === 'shell') return withoutShell;
	return broken?.rung === rung ? broken : null;
}

function stateOf(rung: Rung, {reached, broken, withoutShell}: Ladder): keyof typeof marks {
	if (broken?.rung === rung || (withoutShell !== undefined && rung === 'shell')) return 'broken';
	if (broken !== null && isAbove(rung, broken.rung)) return 'untried';
	return reached !== null && !isAbove(rung, reached) ? 'passed' : 'untried';
}

function formatBroken(
	{summary, detail, advice, since, retryAt}: BrokenRung,
	address: string | null,
	now: number,
): readonly string[] {
	const retry = retryAt === null ? '' : `, next attempt in ${formatDuration(retryAt - now)}`;
	return [
		...indent(`${summary} (for ${formatDuration(now - since)}${retry})`, '      '),
		...detail.map((line) => `        ${line}`),
		...indent(`Do: ${withAccount(advice, address)}`, '      '),
	];
}

const readingTitles: Readonly<Record<ReadingName, string>> = {
	identity: 'identity',
	vitals: 'load, memory',
	filesystems: 'file systems',
	kernelLog: 'kernel log',
	kernelCounters: 'kernel counters',
	boots: 'earlier boots',
	engine: 'engine',
	containers: 'containers',
	images: 'images',
};

function formatReadings(host: HostState, now: number): readonly string[] {
	if (!isConnected(host.ladder)) return ['Nothing can be read until the broken rung is mended.'];
	const names = Object.keys(readingTitles) as ReadingName[];
	return ['Readings', ...names.flatMap((name) => formatReading(name, host, now))];
}

function formatReading(name: ReadingName, {readings, address}: HostState, now: number): readonly string[] {
	const reading = readings[name];
	const title = readingTitles[name].padEnd(15);
	switch (reading.kind) {
		case 'pending':
			return [`  ${marks.untried} ${title} not read yet`];
		case 'ok':
			return [
				`  ${marks.passed} ${title} ${describeValue(name, readings)}read ${formatDuration(now - reading.at)} ago`,
			];
		case 'failed':
			return [
				`  ${marks.broken} ${title} ${reading.reason.code}`,
				...indent(reading.reason.message, '      '),
				...indent(`Do: ${withAccount(adviseOnFailure(name, reading.reason), address)}`, '      '),
			];
	}
}

/** The way a reading came, where there is more than one. */
function describeValue(name: ReadingName, {engine, kernelLog, boots}: HostState['readings']): string {
	if (name === 'boots' && boots.kind === 'ok') return describeBootSources(boots.value);
	if (name === 'kernelLog' && kernelLog.kind === 'ok') {
		return `${selectKernelLogWay(kernelLog.value.method)}${kernelLog.value.live ? '' : ' from time to time'}, `;
	}
	return name === 'engine' && engine.kind === 'ok'
		? `${engine.value.product} ${engine.value.version} by ${engine.value.via}, `
		: '';
}

/** Which sources tell of earlier boots, and which this account may not read. */
function describeBootSources({sources}: BootEvidence): string {
	const inState = (wanted: BootSourceState['state']): string =>
		sources
			.filter(({state}) => state === wanted)
			.map(({source}) => source)
			.join(', ');
	const closed = inState('not-permitted');
	return `${inState('read') || 'nothing kept'}${closed === '' ? '' : `; not permitted: ${closed}`}, `;
}

/** Commands to copy name the account that was used. */
function withAccount(advice: string, address: string | null): string {
	const account = /^([^@\s]+)@/.exec(address ?? '')?.[1];
	return account === undefined ? advice : advice.replaceAll('ACCOUNT', () => account);
}

function conclude(host: HostState): string {
	const {ladder, readings, attempted} = host;
	if (ladder.broken === null && ladder.withoutShell !== undefined) {
		return 'Only the engine can be read: this account gets no shell.';
	}
	if (ladder.broken !== null) return `The first broken rung is ${nameRung(ladder.broken.rung, host)}.`;
	if (!isConnected(ladder)) return attempted ? 'Still connecting.' : 'Not tried yet.';
	const failed = Object.values(readings).filter(({kind}) => kind === 'failed').length;
	const awaited = Object.values(readings).filter(({kind}) => kind === 'pending').length;
	if (failed > 0) return 'Every rung holds, but not everything can be read.';
	return awaited > 0
		? 'Every rung so far holds; not everything has been read yet.'
		: 'Every rung holds and everything can be read.';
}

/** As its line above begins, so that one is found from the other. */
function nameRung(rung: Rung, host: HostState): string {
	const title = describeRungs(host).find((words) => words.rung === rung)?.title ?? null;
	return title === null ? rung : `${rung} (${title})`;
}

function indent(text: string, prefix: string): readonly string[] {
	return wrapText(text, columns - prefix.length).map((line) => `${prefix}${line}`);
}
