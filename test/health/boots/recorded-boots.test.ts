/** Real guests, from what their programs printed to how each boot ended. */
import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {parseBoots} from '../../../source/collectors/boots/parse-boots.ts';
import {judgeBoots} from '../../../source/health/boots/judge-boots.ts';
import {builtInCatalogue} from '../../../source/health/kernel/built-in-catalogue.ts';
import {fileMark} from '../../../source/model/probe-protocol.ts';
import type {BootHistory} from '../../../source/model/boots.ts';

const textOf = (name: string): Promise<string> =>
	readFile(new URL(`../fixtures/boots/${name}`, import.meta.url), 'utf8');

/** The recordings hold the last lines as `-o short-iso` prints them; the script asks for JSON. */
function asJson(shortIso: string): string {
	return shortIso
		.split('\n')
		.flatMap((line) => {
			const match = /^(\S+) \S+ ([^\s[:]+)(?:\[\d+\])?: (.*)$/.exec(line);
			if (!match) return [];
			const [, time = '', SYSLOG_IDENTIFIER, MESSAGE] = match;
			const at = Date.parse(time.replace('+0000', 'Z'));
			const SYSLOG_FACILITY = SYSLOG_IDENTIFIER === 'kernel' ? '0' : '3';
			return [JSON.stringify({__REALTIME_TIMESTAMP: `${at}000`, SYSLOG_IDENTIFIER, SYSLOG_FACILITY, MESSAGE})];
		})
		.join('\n');
}

async function judge(
	state: string,
	bootedAt: string,
	more: Readonly<Record<string, string>> = {},
): Promise<BootHistory> {
	const clock = Date.parse(bootedAt) / 1000 + 60;
	const sections = new Map([
		['boot-id', '00000000-0000-4000-8000-000000000000'],
		['clock', String(clock)],
		['uptime', '60.00 10.00'],
		['panic', '0'],
		['journal', 'persistent open'],
		['boots', await textOf(`${state}.list-boots.txt`)],
		['last -1', asJson(await textOf(`${state}.previous-tail.txt`))],
		['kernel -1', await textOf(`${state}.previous-kernel-tail.jsonl`)],
		['pstore', 'open'],
		['pstore-backend', 'ramoops'],
		['kdump', '/var/crash missing'],
		['wtmp', 'open'],
		['wtmp-lines', await textOf(`${state}.last.txt`)],
		...Object.entries(more),
	]);
	return judgeBoots(parseBoots(sections, clock * 1000), {incidents: []}, builtInCatalogue());
}

test('a guest that was rebooted by its administrator was shut down', async () => {
	const {boots, advice} = await judge('after-clean-reboot', '2026-11-20T18:41:15Z');
	expect(boots.map(({index, ending}) => [index, ending])).toEqual([
		[0, 'running'],
		[-1, 'clean'],
	]);
	expect(boots[1]?.evidence).toEqual(['systemd-journald: Received SIGTERM from PID 1 (systemd-shutdow).']);
	expect(advice).toBeNull();
});

test('a guest that was reset while a processor was stuck names the lockup', async () => {
	const {boots} = await judge('after-lockup-and-reset', '2026-11-20T18:44:55Z');
	expect(boots[1]).toMatchObject({index: -1, ending: 'probable'});
	expect(boots[1]?.incidents[0]?.id).toBe('soft-lockup');
	// Its journal is not in this recording: only wtmp tells.
	expect(boots[2]).toMatchObject({index: -2, ending: 'clean', reason: 'shut down (wtmp)'});
});

test('a guest that was reset out of nothing stopped without a word', async () => {
	const {boots, advice} = await judge('after-reset', '2026-11-20T18:46:30Z');
	expect(boots.map(({ending}) => ending)).toEqual(['running', 'unclean', 'unclean', 'clean']);
	expect(boots[1]?.reason).toBe('unclean stop, no evidence: power, hypervisor or a silent hang');
	expect(advice).toContain('kernel.panic=10');
	expect(advice).not.toContain('/var/log/journal');
});

test('a guest that panicked tells of it by pstore, with the time of the boot it ended', async () => {
	const pstore = (await textOf('after-panic.systemd-pstore.txt')).split('==> ').slice(1);
	const times: Readonly<Record<string, number>> = {
		'/var/lib/systemd/pstore/dmesg-ramoops-0': Date.UTC(2026, 10, 20, 18, 48, 44) / 1000,
		// Copied at the next boot.
		'/var/lib/systemd/pstore/dmesg.txt': Date.UTC(2026, 10, 20, 18, 49, 2) / 1000,
	};
	const files = pstore.map((part) => `${fileMark}${times[part.split('\n', 1)[0] ?? ''] ?? ''}\t${part}`);
	const {boots} = await judge('after-panic', '2026-11-20T18:48:36Z', {'pstore-files': files.join('')});
	expect(boots.map(({ending}) => ending)).toEqual(['running', 'panic', 'unclean', 'unclean', 'clean']);
	const [, panicked] = boots;
	expect(panicked?.bootId).toBe('ab9921aa95224178bf27c2faff9fc7be');
	expect(panicked?.incidents[0]?.id).toBe('panic-sysrq');
	expect(panicked?.reason).toMatch(/panic.*\(pstore\)$/i);
	const panickedAt = panicked?.incidents[0]?.firstAt ?? 0;
	expect(Math.abs(panickedAt - Date.UTC(2026, 10, 20, 18, 48, 44))).toBeLessThan(15_000);
	expect(panicked?.records.filter(({text}) => text.startsWith('Kernel panic - not syncing: sysrq'))).toHaveLength(1);
});
