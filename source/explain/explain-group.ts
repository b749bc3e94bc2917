/** Judges one log, line by line: each host and each boot in it by itself. */
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import {createKernelAnalysis, type KernelAnalysis} from '../health/kernel/analyse-kernel-log.ts';
import {createKernelLogReader} from '../kernel-log/read-kernel-log.ts';
import type {LogEntry} from '../kernel-log/record-maker.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import {createDumpPartSorter} from './dump-part-sorter.ts';
import type {LogTally} from './log-tally.ts';

export type FoundIncident = {readonly incident: KernelIncident; readonly host: string | null; readonly boot: number};

export type GroupExplainer = {
	line(line: string): void;
	/** To be called once, after the last line. */
	end(): readonly {readonly host: string | null; readonly boots: number}[];
};

export type ExplainGroupOptions = {
	readonly catalogue: CompiledCatalogue;
	/** As `uname -r`; null learns it from the log. */
	readonly kernelRelease: string | null;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly tally: LogTally;
	/** Receives what a boot left once the boot is over. */
	readonly onIncidents: (found: readonly FoundIncident[]) => void;
};

type OpenBoot = {readonly boot: number; readonly analysis: KernelAnalysis};

export function createGroupExplainer(options: ExplainGroupOptions): GroupExplainer {
	const {catalogue, kernelRelease, now, tally} = options;
	const reader = createKernelLogReader({now});
	const sorter = createDumpPartSorter();
	const open = new Map<string | null, OpenBoot>();

	const finish = (host: string | null, {boot, analysis}: OpenBoot): void =>
		options.onIncidents(analysis.incidents().map((incident) => ({incident, host, boot})));
	const begin = (host: string | null, boot: number): OpenBoot => {
		const started = {boot, analysis: createKernelAnalysis({catalogue, kernelRelease})};
		open.set(host, started);
		return started;
	};
	const openBoot = ({host, boot}: LogEntry): OpenBoot => {
		let known = open.get(host);
		if (known === undefined && host !== null && open.size === 1) {
			// The reader counts lines from before the host was named as its own.
			known = open.get(null);
			if (known !== undefined) {
				open.delete(null);
				open.set(host, known);
			}
		}
		if (known?.boot === boot) return known;
		if (known !== undefined) finish(host, known);
		return begin(host, boot);
	};
	const take = (entries: readonly LogEntry[]): void => {
		for (const entry of entries) {
			tally.note(entry);
			openBoot(entry).analysis.add(entry.record);
		}
	};
	const read = (lines: readonly string[]): void => {
		for (const line of lines) take(reader.entries(line));
	};

	return {
		line: (line) => read(sorter.push(line)),
		end() {
			read(sorter.end());
			take(reader.end());
			for (const [host, boot] of open) finish(host, boot);
			tally.noteUnreadable(reader.unreadableLines());
			return [...open].map(([host, {boot}]) => ({host, boots: boot}));
		},
	};
}
