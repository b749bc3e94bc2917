/** The built program's report on the demo fleet: the whole real path, with SSH over loopback. */
import {beforeAll, describe, expect, test} from 'vitest';
import type {Report, ReportHost} from '../../source/report/report.ts';
import {type Ended, startProgram, type StartedProgram} from './start-program.ts';

const lines = {
	json: 'report --demo --format json',
	text: 'report --demo',
	markdown: 'report --demo --format markdown',
	board: '--demo',
} as const;

type Name = keyof typeof lines;

const started = new Map<Name, StartedProgram>();
const ended = new Map<Name, Ended>();

beforeAll(async () => {
	const names = Object.keys(lines) as Name[];
	await Promise.all(
		names.map(async (name) => {
			const running = startProgram(lines[name].split(' '));
			started.set(name, running);
			ended.set(name, await running.ended);
		}),
	);
}, 60_000);

function printed(name: Name): Ended {
	const result = ended.get(name);
	if (result === undefined) throw new Error(`${lines[name]} has not ended`);
	return result;
}

const readReport = (): Report => JSON.parse(printed('json').out) as Report;

function hostOf(name: string): ReportHost {
	const host = readReport().hosts.find((each) => each.name === name);
	if (host === undefined) throw new Error(`no ${name} in the report`);
	return host;
}

const findingsOf = (name: string): readonly string[] =>
	hostOf(name).findings.map(({severity, id, summary}) => `${severity} ${id}: ${summary}`);

describe('the report on the demo fleet', () => {
	test.each(Object.keys(lines) as Name[])('as %s ends by itself with 2, because a host is critical', (name) => {
		const {exitCode, signal, error} = printed(name);
		expect({exitCode, signal, error}).toEqual({exitCode: 2, signal: null, error: ''});
	});

	test.each(Object.keys(lines) as Name[])('as %s leaves no temporary file behind', (name) => {
		expect(started.get(name)?.leftBehind()).toEqual([]);
	});

	test('is JSON of the documented shape, and says that it is a demo', () => {
		const report = readReport();
		expect(report).toMatchObject({schema: 'sickbay.report/1', demo: true, summary: {hosts: 12}});
		expect(report.hosts).toHaveLength(12);
		const {critical, warning, notice, ok, unknown, hosts} = report.summary;
		expect(critical + warning + notice + ok + unknown).toBe(hosts);
		expect(Date.parse(report.generatedAt)).toBeGreaterThan(Date.UTC(2020, 0));
	});

	test('has a whole picture of each host it reached, and null for what it does not know of the others', () => {
		for (const {name, rung, ...host} of readReport().hosts) {
			const isReached = !['batch-02', 'cache-01', 'db-02'].includes(name);
			const known = {
				os: host.os !== null,
				bootId: host.bootId !== null,
				uptime: host.uptimeSeconds !== null,
				filesystems: host.filesystems !== null && host.filesystems.length > 0,
			};
			expect({name, ...known}).toEqual({
				name,
				os: isReached,
				bootId: isReached,
				uptime: isReached,
				filesystems: isReached,
			});
			const isListed = isReached && name !== 'ci-14';
			expect([name, host.containers !== null, host.images !== null]).toEqual([name, isListed, isListed]);
			expect([name, rung.reached === 'info']).toEqual([name, isListed]);
		}
	});

	test.each([
		['batch-02', {broken: 'banner', reason: 'TCP connects, sshd says nothing'}],
		['cache-01', {broken: 'tcp', reason: 'connection refused'}],
		['db-02', {broken: 'host-key', reason: 'SSH: host key changed'}],
		['ci-14', {broken: 'list', reason: 'engine hung: ping answers, list does not'}],
	])('says at which rung %s broke and why', (name, {broken, reason}) => {
		expect(hostOf(name).rung).toMatchObject({broken, reason: expect.stringContaining(reason)});
		expect(hostOf(name).severity).toBe(name === 'ci-14' ? 'critical' : 'unknown');
	});

	test.each([
		['ci-14', /^critical engine-hung: engine hung: ping answers, list does not/],
		['ci-11', /^critical [\w-]+: .*panic/i],
		['web-07', /^critical [\w-]+: .*previous boot/],
		['web-legacy', /^critical previous-boot-panic: previous boot, .*aufs/],
		['store-06', /^critical [\w-]+: thin pool data 96 % full/],
		['web-12', /^warning [\w-]+: container storefront restarts in a loop/],
		['registry-1', /^warning [\w-]+: root file system 88 % full/],
		['ci-03', /^warning [\w-]+: engine root \/var\/lib\/docker 94 % full/],
	])('names what ails %s', (name, expected) => {
		expect(findingsOf(name)[0]).toMatch(expected);
	});

	test('finds web-01 well, although one of its containers wrote "Kernel panic" into the kernel log', () => {
		expect(hostOf('web-01')).toMatchObject({severity: 'ok', findings: []});
	});

	test('puts the worst first, and hosts that are not seen before mere warnings', () => {
		const severities = readReport().hosts.map(({severity}) => severity);
		const order = ['critical', 'unknown', 'warning', 'notice', 'ok'];
		expect(severities).toEqual(severities.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)));
	});

	test.each(['text', 'markdown', 'board'] as const)('as %s names every host, and says DEMO', (name) => {
		const {out} = printed(name);
		for (const host of readReport().hosts) expect(out).toContain(host.name);
		expect(out).toContain('DEMO');
		expect(out).toContain('engine hung: ping answers, list does not');
	});

	test.each(Object.keys(lines) as Name[])('as %s holds no control character but the newline', (name) => {
		expect(printed(name).out).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
	});

	test('is what the board prints where there is no terminal', () => {
		expect(printed('board').out.split('\n')[0]).toMatch(/^Sickbay [\d.]+ · .* · DEMO fleet/);
		expect(printed('board').out.split('\n')[1]).toBe(printed('text').out.split('\n')[1]);
	});
});
