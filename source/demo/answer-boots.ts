/** The far side of the boots script: journal, pstore, crash dumps and wtmp of a demo host, as its programs print them. */
import type {ServerChannel} from 'ssh2';
import {endMark, fileMark, sectionMark} from '../model/probe-protocol.ts';
import {abruptEndLines, cleanEndLines, earlierStops, lastWords, type EarlierStop} from './boot-stories.ts';
import type {DemoHost} from './demo-host.ts';
import {sectionText} from './host-texts.ts';
import type {KernelLine} from './kernel-line.ts';
import {createRandom} from './random.ts';

const dayMs = 86_400_000;
/** Between the end of one boot and the first line of the next. */
const downMs = 40_000;

export function answerBoots(channel: ServerChannel, host: DemoHost): void {
	channel.resume();
	const texts = [...sectionsOf(host)].map(([name, text]) => `${sectionMark}${name}\n${text}\n`);
	channel.write(`${texts.join('')}${endMark}boots\n`);
	channel.exit(0);
	channel.end();
}

type DemoBoot = EarlierStop & {
	readonly index: number;
	readonly id: string;
	readonly startedAt: number;
	readonly endedAt: number;
};

function sectionsOf(host: DemoHost): ReadonlyMap<string, string> {
	const {plan} = host;
	const boots = bootsOf(host);
	const isAllowed = plan.kernelLogMethod !== null;
	const keepsJournal = plan.bootStory !== 'aufs-panic';
	const journal = keepsJournal ? 'persistent' : 'volatile';
	return new Map([
		['boot-id', host.bootId],
		['clock', sectionText(host, 'clock', []).trim()],
		['uptime', sectionText(host, 'uptime', []).trim()],
		['panic', '10'],
		['journal', `${journal} ${isAllowed ? 'open' : 'closed'}`],
		...(isAllowed && keepsJournal ? journalSections(host, boots) : []),
		['firmware-access', isAllowed ? 'dmesg' : 'closed'],
		['firmware', ''],
		['pstore', isAllowed ? 'open' : 'closed'],
		['pstore-backend', 'erst'],
		['pstore-archive', 'missing'],
		['pstore-files', isAllowed ? pstoreText(host, boots[0]) : ''],
		['kdump-loaded', '0'],
		['kdump', '/var/crash missing'],
		['wtmp', 'open'],
		['wtmp-lines', wtmpText(host, boots)],
	]);
}

function bootsOf({plan, bootedAt}: DemoHost): readonly DemoBoot[] {
	return earlierStops[plan.bootStory].map((stop, position) => {
		const endedAt = bootedAt - downMs - stop.daysAgo * dayMs;
		return {
			...stop,
			index: -1 - position,
			id: createRandom(`boot ${position} of ${plan.name}`).hex(32),
			endedAt,
			startedAt: endedAt - stop.lastedDays * dayMs,
		};
	});
}

function journalSections(host: DemoHost, boots: readonly DemoBoot[]): readonly (readonly [string, string])[] {
	const running = {index: 0, id: host.bootId.replaceAll('-', ''), startedAt: host.bootedAt, endedAt: host.clock.now()};
	const list = [...boots.toReversed(), running].map(({index, id, startedAt, endedAt}) => ({
		index,
		boot_id: id,
		first_entry: Math.round(startedAt * 1000),
		last_entry: Math.round(endedAt * 1000),
	}));
	return [
		['boots', JSON.stringify(list)],
		...boots.map((boot): readonly [string, string] => [`last ${boot.index}`, lastText(boot)]),
		...boots
			.filter(({isClean}) => !isClean)
			.map((boot): readonly [string, string] => [`kernel ${boot.index}`, kernelText(boot)]),
	];
}

function lastText(boot: DemoBoot): string {
	const lines = boot.isClean ? cleanEndLines : abruptEndLines;
	return lines
		.map(({identifier, text}, position) => entry(boot, (position - lines.length + 1) * 900, identifier, text, '3'))
		.join('\n');
}

function kernelText(boot: DemoBoot): string {
	const lines = [
		'docker0: port 3(veth51c09a2) entered disabled state',
		'docker0: port 3(veth8f2e410) entered forwarding state',
	];
	return lines.map((text, position) => entry(boot, (position - lines.length) * 61_000, 'kernel', text, '0')).join('\n');
}

/** `offsetMs` from the end of the boot. */
function entry(boot: DemoBoot, offsetMs: number, identifier: string, text: string, facility: string): string {
	const at = boot.endedAt + offsetMs;
	return JSON.stringify({
		__REALTIME_TIMESTAMP: String(Math.round(at * 1000)),
		__MONOTONIC_TIMESTAMP: String(Math.round((at - boot.startedAt) * 1000)),
		_BOOT_ID: boot.id,
		_TRANSPORT: identifier === 'kernel' ? 'kernel' : 'syslog',
		PRIORITY: '6',
		SYSLOG_FACILITY: facility,
		SYSLOG_IDENTIFIER: identifier,
		MESSAGE: text,
	});
}

/** One record of one part, as ERST keeps it. */
function pstoreText({plan}: DemoHost, boot: DemoBoot | undefined): string {
	const words = lastWords[plan.bootStory];
	if (words.length === 0 || boot === undefined) return '';
	const seconds = Math.floor(boot.endedAt / 1000);
	const id = BigInt(seconds) << 32n;
	return `${fileMark}${seconds}\t/sys/fs/pstore/dmesg-erst-${id}\nPanic#1 Part1\n${wordsText(words, boot)}`;
}

function wordsText(words: readonly KernelLine[], {startedAt, endedAt}: DemoBoot): string {
	let seconds = (endedAt - startedAt) / 1000 - 5;
	return words
		.map(({level, text, delaySeconds}) => {
			seconds += delaySeconds;
			return `<${level}>[${seconds.toFixed(6).padStart(12)}] ${text}\n`;
		})
		.join('');
}

/** `last -Fxw reboot shutdown runlevel` of util-linux. */
function wtmpText({plan, bootedAt}: DemoHost, boots: readonly DemoBoot[]): string {
	const release = plan.distribution.kernelRelease.padEnd(22);
	const rows = [`reboot   system boot  ${release} ${formatDate(bootedAt)}   still running`];
	for (const {isClean, startedAt, endedAt} of boots) {
		const [from, to] = [formatDate(startedAt), formatDate(endedAt)];
		if (isClean) rows.push(`shutdown system down  ${release} ${to} - ${formatDate(endedAt + downMs)}  (00:00)`);
		rows.push(`reboot   system boot  ${release} ${from}${isClean ? ` - ${to}` : '   still running'}`);
	}
	return rows.join('\n');
}

/** `Wed Nov  5 12:27:20 2025`, in UTC. */
function formatDate(at: number): string {
	const [, weekday = '', day = '', month = '', year = '', time = ''] =
		/^(\w+), 0?(\d+) (\w+) (\d+) (\S+)/.exec(new Date(at).toUTCString()) ?? [];
	return `${weekday} ${month} ${day.padStart(2)} ${time} ${year}`;
}
