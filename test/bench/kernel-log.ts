/**
 * Lines per second through the whole kernel engine (matcher, blocks, storms, incidents), beside the least a program
 * could do: try every pattern of the catalogue on every line. One core, records already read.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {createKernelAnalysis} from '../../source/health/kernel/analyse-kernel-log.ts';
import {builtInCatalogue} from '../../source/health/kernel/built-in-catalogue.ts';
import {matchSignature} from '../../source/health/kernel/match-kernel-record.ts';
import {createKernelLogReader} from '../../source/kernel-log/read-kernel-log.ts';
import type {KernelRecord} from '../../source/model/kernel-log.ts';
import {median} from './processes.ts';

const rounds = 5;
const healthyLines = 200_000;
const naiveLines = 5000;
const samples = new URL('../health/kernel/samples/', import.meta.url);

/** A healthy host's log with trouble between: one sample log after every thousand lines. */
export function benchKernelLog(): Promise<string> {
	const catalogue = builtInCatalogue();
	const mix = mixLines(readRecords('healthy-boot'), readdirSync(samples).sort());
	const engine = median(
		Array.from({length: rounds}, () =>
			linesPerSecond(mix, () => {
				const analysis = createKernelAnalysis({catalogue});
				for (const record of mix) analysis.add(record);
				analysis.incidents();
			}),
		),
	);
	const few = mix.slice(0, naiveLines);
	const naive = linesPerSecond(few, () => {
		for (const record of few) catalogue.signatures.find((signature) => matchSignature(signature, record) !== null);
	});
	return Promise.resolve(formatTable(mix.length, catalogue.signatures.length, engine, naive));
}

function mixLines(healthy: readonly KernelRecord[], names: readonly string[]): readonly KernelRecord[] {
	const troubles = names.map((name) => readRecords(name.replace(/\.log$/, '')));
	return Array.from({length: healthyLines / 1000}, (_, block) => [
		...Array.from({length: 1000}, (_line, index) => healthy[(block * 1000 + index) % healthy.length]),
		...(troubles[block % troubles.length] ?? []),
	]).flatMap((records) => records.filter((record) => record !== undefined));
}

function readRecords(name: string): readonly KernelRecord[] {
	const reader = createKernelLogReader({now: Date.now()});
	return readFileSync(new URL(`${name}.log`, samples), 'utf8')
		.split('\n')
		.filter((line) => !line.startsWith('# '))
		.flatMap((line) => reader.entries(line).map(({record}) => record));
}

function linesPerSecond(records: readonly KernelRecord[], run: () => void): number {
	const startedAt = performance.now();
	run();
	return (records.length / (performance.now() - startedAt)) * 1000;
}

function formatTable(lines: number, signatures: number, engine: number, naive: number): string {
	const rows = [
		['every pattern on every line', naive, 1],
		['the engine', engine, engine / naive],
	] as const;
	return [
		`### Kernel log: ${lines.toLocaleString('en')} lines, ${signatures} signatures`,
		'',
		'| what | lines per second and core | ratio |',
		'| --- | --- | --- |',
		...rows.map(
			([what, speed, ratio]) => `| ${what} | ${Math.round(speed).toLocaleString('en')} | ${ratio.toFixed(1)} |`,
		),
		'',
	].join('\n');
}
