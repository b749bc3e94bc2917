/** Runs records through a fresh analysis with the catalogue that comes with the program. */
import {createKernelAnalysis, type KernelAnalysisOptions} from '../../../source/health/kernel/analyse-kernel-log.ts';
import {builtInCatalogue} from '../../../source/health/kernel/built-in-catalogue.ts';
import type {KernelIncident} from '../../../source/model/kernel-incident.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';

export function analyse(
	records: readonly KernelRecord[],
	options: Partial<KernelAnalysisOptions> = {},
): readonly KernelIncident[] {
	const analysis = createKernelAnalysis({catalogue: builtInCatalogue(), ...options});
	for (const record of records) analysis.add(record);
	return analysis.incidents();
}
