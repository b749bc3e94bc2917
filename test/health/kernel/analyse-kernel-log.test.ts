import {describe, expect, it} from 'vitest';
import {createKernelAnalysis} from '../../../source/health/kernel/analyse-kernel-log.ts';
import {builtInCatalogue} from '../../../source/health/kernel/built-in-catalogue.ts';
import {incidentLimit} from '../../../source/health/kernel/incident-board.ts';
import {bootedAt, kernelRecord, readKernelFixture} from '../kernel-lines.ts';
import {analyse} from './analyse.ts';

const ioError = (device: string, seconds: number) =>
	kernelRecord(`I/O error, dev ${device}, sector ${seconds} op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2`, {
		monotonicSeconds: seconds,
	});

describe('a crash in the kernel log', () => {
	it('is one panic, titled by the oops and the module that caused it', () => {
		const incidents = analyse(readKernelFixture('aufs-panic'));
		expect(incidents).toMatchObject([
			{
				id: 'panic-fatal-exception',
				severity: 'panic',
				via: 'aufs',
				title: expect.stringMatching(/NULL pointer dereference .*au_do_open \[aufs\]/),
				count: 1,
				firstAt: bootedAt + 90_211_100.12,
				lastAt: bootedAt + 90_211_300.031,
			},
		]);
		expect(incidents[0]?.lines[0]).toBe('BUG: unable to handle kernel NULL pointer dereference at 0000000000000058');
	});

	it('is the same incident when its lines arrive one by one', () => {
		const records = readKernelFixture('aufs-panic');
		const analysis = createKernelAnalysis({catalogue: builtInCatalogue()});
		const pictures = records.map((record) => {
			analysis.add(record);
			return analysis.incidents();
		});
		expect(pictures.at(-1)).toEqual(analyse(records));
		expect(pictures.every(({length}) => length === 1)).toBe(true);
	});

	it('is one incident also when the source gives no times', () => {
		const records = readKernelFixture('aufs-panic').map((record) => ({...record, at: null, monotonicSeconds: null}));
		expect(analyse(records)).toMatchObject([{id: 'panic-fatal-exception', count: 1, firstAt: null}]);
	});

	it('names no culprit that a program wrote into the log', () => {
		const [oops] = readKernelFixture('aufs-panic');
		const forged = kernelRecord('RIP: 0010:innocent+0x1/0x2 [ext4]', {monotonicSeconds: 90_211.2, facility: 1});
		expect(analyse([oops!, forged])[0]?.title).toBe('Kernel oops: NULL pointer dereference');
	});

	it('of another hour counts as another occurrence', () => {
		const text = 'kernel BUG at fs/dcache.c:1364!';
		const records = [100, 4000].map((monotonicSeconds) => kernelRecord(text, {monotonicSeconds}));
		expect(analyse(records)).toMatchObject([
			{id: 'kernel-bug', count: 2, title: expect.stringContaining('fs/dcache.c:1364')},
		]);
	});

	it('after a lockup that was told to panic is a panic', () => {
		const records = [
			kernelRecord('watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [java:4410]', {monotonicSeconds: 100}),
			kernelRecord('Kernel panic - not syncing: softlockup: hung tasks', {monotonicSeconds: 100.2}),
		];
		expect(analyse(records)).toMatchObject([{id: 'panic-softlockup', also: ['soft-lockup'], count: 1}]);
	});
});

describe('memory kills in the kernel log', () => {
	it('name each container once, whatever lines its kernel prints', () => {
		expect(analyse(readKernelFixture('container-oom'))).toMatchObject([
			{id: 'oom-memcg', subject: '4b1c77e0aa12', count: 1},
			{id: 'oom-memcg', subject: '9a8b77c1d2e3', count: 1},
		]);
	});

	it('of the host are the host’s, although the victim ran in a container', () => {
		const records = [
			'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-0aa1b2c3d4e5.scope,task=java,pid=7134,uid=1000',
			'Out of memory: Killed process 7134 (java) total-vm:9120048kB, anon-rss:7340032kB',
		].map((text, index) => kernelRecord(text, {monotonicSeconds: 10 + index / 1000}));
		expect(analyse(records)).toMatchObject([{id: 'oom-global', subject: '', count: 1}]);
	});
});

describe('firmware’s word about the previous boot', () => {
	const bert = kernelRecord('BERT: Error records from previous boot:', {monotonicSeconds: 1});

	it('is critical when the error was fatal', () => {
		const fatal = kernelRecord('[Hardware Error]: event severity: fatal', {monotonicSeconds: 1.001});
		expect(analyse([bert, fatal])).toMatchObject([
			{id: 'bert-previous-boot', severity: 'critical', lines: {length: 2}},
		]);
	});

	it('is harmless when the error was corrected, and critical again when a fatal one follows', () => {
		const corrected = kernelRecord('[Hardware Error]: event severity: corrected', {monotonicSeconds: 1.001});
		const fatal = kernelRecord('[Hardware Error]: event severity: fatal', {monotonicSeconds: 1.002});
		expect(analyse([bert, corrected])).toMatchObject([{id: 'bert-previous-boot', severity: 'info'}]);
		expect(analyse([bert, corrected, fatal])).toMatchObject([{id: 'bert-previous-boot', severity: 'critical'}]);
	});
});

describe('a storm in the kernel log', () => {
	it('keeps count, times, and the first and newest lines per device', () => {
		const records = Array.from({length: 300}, (_, index) => ioError(index % 3 === 0 ? 'sdb' : 'sdc', index + 1));
		const [sdb, sdc] = analyse(records);
		expect(sdb).toMatchObject({subject: 'sdb', count: 100, firstAt: bootedAt + 1000, lines: {length: 60}});
		expect(sdc).toMatchObject({subject: 'sdc', count: 200, lastAt: bootedAt + 300_000});
		expect([sdc?.lines[0], sdc?.lines.at(-1)]).toEqual([records[1]?.text, records[299]?.text]);
	});

	it('of many kinds keeps the worst and drops the mildest, oldest first', () => {
		const warnings = Array.from({length: incidentLimit + 10}, (_, index) =>
			kernelRecord(`nfs: server nas${index} not responding, still trying`, {monotonicSeconds: 100 + index}),
		);
		const incidents = analyse([ioError('sda', 1), ...warnings]);
		expect(incidents).toHaveLength(incidentLimit);
		expect(incidents[0]?.subject).toBe('sda');
		expect(incidents.some(({subject}) => subject === 'nas0')).toBe(false);
		expect(incidents.at(-1)?.subject).toBe(`nas${incidentLimit + 9}`);
	});

	it('without any trouble leaves the very same incidents', () => {
		const analysis = createKernelAnalysis({catalogue: builtInCatalogue()});
		analysis.add(ioError('sda', 1));
		const incidents = analysis.incidents();
		for (const record of readKernelFixture('benign')) analysis.add({...record, monotonicSeconds: 1e6});
		expect(analysis.incidents().filter(({severity}) => severity !== 'info')).toEqual(incidents);
		const last = analysis.incidents();
		expect(analysis.add(kernelRecord('docker0: port 1(veth1) entered disabled state'))).toBe(false);
		expect(analysis.incidents()).toBe(last);
	});

	it('of unknown origin says so until the kernel itself confirms it', () => {
		const unsure = {...ioError('sda', 1), facility: null};
		expect(analyse([unsure])[0]?.unverifiedOrigin).toBe(true);
		expect(analyse([unsure, ioError('sda', 2)])[0]?.unverifiedOrigin).toBe(false);
	});
});
