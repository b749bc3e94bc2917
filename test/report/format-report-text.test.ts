import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {buildReport} from '../../source/report/build-report.ts';
import {formatReportText} from '../../source/report/format-report-text.ts';
import {fleetOf, mixedFleet, panickedHost, reportOptions, wellHost} from './sample-fleet.ts';

const report = buildReport(mixedFleet, reportOptions);

describe('the text report', () => {
	it('names each host with its state, the worst first, and says what to do', () => {
		const text = formatReportText(report);
		expect(text).toContain('7 hosts: ✖ 2 critical  ? 2 unknown  ▲ 2 warning  ▪ 0 notice  ● 1 ok');
		expect(text).toMatch(
			/✖ ci-14 +27\.5\.1 +overlay2 +40 % +– +6\.1\.0-18-amd64 +2h +–\n +engine hung: ping answers, list does not\n/,
		);
		expect(text).toMatch(/● web-01 +27\.5\.1 +overlay2 +40 % +≤18 GB +6\.1\.0-18-amd64 +2h +1\/1\n/);
		expect(text).toMatch(/\? db-02 +– +– +– +– +– +– +–\n/);
		expect(text).toContain('    → What to do.');
		expect(text).toContain('BUG: unable to handle kernel NULL pointer dereference');
		expect(text.indexOf('ci-14')).toBeLessThan(text.indexOf('db-02'));
		expect(text.indexOf('db-02')).toBeLessThan(text.indexOf('web-11'));
	});

	it.each([80, 100, 120, 160])('keeps within %i columns, wide names included', (columns) => {
		const lines = formatReportText(report, {columns}).split('\n');
		// A single word longer than the line, such as a container's name in a command, stays whole to be copied.
		const long = lines.filter(
			(line) => stringWidth(line) > columns && line.trim().includes(' ') && !line.includes('日本語'),
		);
		expect(long).toEqual([]);
		const table = lines.slice(3, lines.indexOf('', 3));
		expect(table.filter((line) => stringWidth(line) > columns)).toEqual([]);
	});

	it('gives the reason its own column where there is room', () => {
		const [title, first] = formatReportText(report, {columns: 160}).split('\n').slice(3);
		expect(title).toMatch(/HOST +WHY +ENGINE +DRIVER +ROOT +IMAGES +KERNEL +UP +CTRS/);
		expect(first).toMatch(/^✖ \S+ +(?:engine hung|kernel panic)/);
	});

	it('keeps columns in line whatever width characters have', () => {
		const wide = {...wellHost, host: {...wellHost.host, key: 'w', name: '東京-1'}};
		const lines = formatReportText(buildReport(fleetOf(wellHost, wide), reportOptions)).split('\n');
		const offsets = lines
			.filter((line) => line.startsWith('● ') && line.includes('27.5.1'))
			.map((line) => stringWidth(line.slice(0, line.indexOf('27.5.1'))));
		expect(offsets).toHaveLength(2);
		expect(new Set(offsets).size).toBe(1);
	});

	it('carries no control characters but newlines unless colour is asked for', () => {
		expect(formatReportText(report)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
		expect(formatReportText(report, {colour: true})).toMatch(/\u001B\[31m/);
		expect(formatReportText(report, {colour: true}).replaceAll(/\u001B\[\d+m/g, '')).toBe(formatReportText(report));
	});

	it('is labelled DEMO for the demo fleet only', () => {
		expect(formatReportText(report)).not.toContain('DEMO');
		expect(formatReportText({...report, demo: true})).toContain('DEMO');
	});

	it('limits what one host may say', () => {
		const many = {...panickedHost, findings: Array.from({length: 30}, () => panickedHost.findings[0]!)};
		expect(formatReportText(buildReport(fleetOf(many), reportOptions))).toContain('and 20 more findings');
	});

	it('of no hosts says so', () => {
		expect(formatReportText(buildReport(fleetOf(), reportOptions))).toContain('No hosts.');
	});
});
