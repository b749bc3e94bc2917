import {describe, expect, it} from 'vitest';
import {buildReport} from '../../source/report/build-report.ts';
import {escapeMarkdown, fenceLines} from '../../source/report/escape-markdown.ts';
import {formatReportMarkdown} from '../../source/report/format-report-markdown.ts';
import {healthyReadings, ok, sampleContainer} from '../health/sample-host.ts';
import {fleetOf, hostState, mixedFleet, reportOptions} from './sample-fleet.ts';

const hostileName =
	'`|<img src=x onerror=alert(1)>|**b** [x](http://evil.example) ![i](y) @ops www.evil.example $x$ ~~s~~';
const hostile = hostState('evil', {
	readings: healthyReadings({
		containers: ok([
			sampleContainer({name: hostileName, health: 'unhealthy', status: '```\n# owned\n~~~ `````', image: '<script>'}),
		]),
	}),
});

describe('the Markdown report', () => {
	const markdown = formatReportMarkdown(buildReport(mixedFleet, reportOptions));

	it('has a table of all hosts and the findings of the sick ones', () => {
		expect(markdown).toContain('7 hosts: 2 critical, 2 unknown, 2 warning, 0 notice, 1 ok.');
		const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
		expect(rows).toHaveLength(2 + 7);
		expect(markdown).toContain('## ✖ ci-14');
		expect(markdown).toContain(
			'**engine hung: ping answers, list does not** (critical, since 2026-11-20 13:56:00 UTC)',
		);
		expect(markdown).not.toContain('## ● web-01');
	});

	it('is labelled DEMO for the demo fleet', () => {
		expect(formatReportMarkdown(buildReport(mixedFleet, {...reportOptions, demo: true}))).toContain('**DEMO fleet');
	});

	it('lets no name out of its cell, its line or its fence', () => {
		const text = formatReportMarkdown(buildReport(fleetOf(hostile), reportOptions));
		const lines = text.split('\n');
		const rows = lines.filter((line) => line.startsWith('|'));
		// A cell ends only at a pipe that no backslash precedes.
		for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(11);
		const outside = withoutCode(lines);
		expect(outside.join('\n')).not.toMatch(/<\w|[^\\]\]\(|http:\/\/|www\.evil|(?:^|\s)@ops|[^\\]!\[/);
		expect(outside.filter((line) => line.startsWith('#'))).toEqual(['# Sickbay report', '## ▲ evil (ops@evil:22)']);
	});
});

/** What a reader sees as prose: lines outside of fences, without code spans. */
function withoutCode(lines: readonly string[]): readonly string[] {
	let fence: string | null = null;
	const prose = lines.filter((line) => {
		const mark = /^ *(`{3,})/.exec(line)?.[1];
		if (fence === null && mark !== undefined) {
			fence = mark;
			return false;
		}
		if (fence !== null) {
			if (line.trim() === fence) fence = null;
			return false;
		}
		return true;
	});
	return prose.map((line) => line.replaceAll(String.raw`\``, '').replaceAll(/`[^`]*`/g, ''));
}

describe('text in Markdown', () => {
	it('shows as written', () => {
		expect(escapeMarkdown('a|b`c*d_e<f>&g\nh\\')).toBe('a\\|b\\`c\\*d\\_e&lt;f&gt;&amp;g h\\\\');
	});

	it('in a fence cannot close it', () => {
		const [open, line, close] = fenceLines(['`````'], '');
		expect([open, line, close]).toEqual(['``````text', '`````', '``````']);
	});
});
