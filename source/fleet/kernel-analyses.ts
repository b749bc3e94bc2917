/** Keeps the analysis of each host's kernel log: it remembers more than a picture of the fleet shows. */
import {createKernelAnalysis, type KernelAnalysis} from '../health/kernel/analyse-kernel-log.ts';
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import type {HostKey} from '../model/host.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import {valueOf} from '../model/reading.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {HostState} from './fleet-state.ts';

export type KernelAnalyses = {
	/** The host's incidents with these records; the same array when none of them matters. */
	add(hostKey: HostKey, host: HostState, records: readonly KernelRecord[]): readonly KernelIncident[];
	/** The next records are the first of a log. */
	restart(hostKey: HostKey): void;
};

export function createKernelAnalyses(catalogue: CompiledCatalogue): KernelAnalyses {
	const byHost = new Map<HostKey, KernelAnalysis>();
	const analysisOf = (hostKey: HostKey, {readings}: HostState): KernelAnalysis => {
		const known = byHost.get(hostKey);
		if (known !== undefined) return known;
		const kernelRelease = valueOf(readings.identity)?.kernel.release ?? null;
		const analysis = createKernelAnalysis({catalogue, kernelRelease});
		byHost.set(hostKey, analysis);
		return analysis;
	};
	return {
		add(hostKey, host, records) {
			const analysis = analysisOf(hostKey, host);
			let changed = false;
			for (const record of records) if (analysis.add(record)) changed = true;
			return changed ? analysis.incidents() : host.incidents;
		},
		restart: (hostKey) => byHost.delete(hostKey),
	};
}
