/**
 * Judges one host: every concern looks at the same input, and the findings come worst first. A host that is not
 * connected keeps only why, and what its kernel said before and how it went down earlier: everything else it told is past.
 */
import type {Finding} from '../model/finding.ts';
import {isConnected} from '../model/ladder.ts';
import {assessBoots, isToldOfPreviousBoot} from './assess-boots.ts';
import {assessClock} from './assess-clock.ts';
import {assessContainers} from './assess-containers.ts';
import {assessCounters} from './assess-counters.ts';
import {assessEngine} from './assess-engine.ts';
import {assessFilesystems} from './assess-filesystems.ts';
import {assessKernel} from './assess-kernel.ts';
import {assessMemory} from './assess-memory.ts';
import {assessReachability} from './assess-reachability.ts';
import {assessReadings} from './assess-readings.ts';
import {assessRegistry} from './assess-registry.ts';
import {compareFindings} from './finding-rank.ts';
import type {Assess, HealthInput} from './health-input.ts';
import {assessStorage} from './storage/assess-storage.ts';

export type {HealthInput} from './health-input.ts';

const always: readonly Assess[] = [assessReachability, assessKernel, assessBoots];

const whileConnected: readonly Assess[] = [
	assessEngine,
	assessReadings,
	assessCounters,
	assessFilesystems,
	assessMemory,
	assessContainers,
	assessStorage,
	assessRegistry,
	assessClock,
];

/** Worst first; empty when all is well and all of it is known. */
export function assessHost(input: HealthInput): readonly Finding[] {
	const concerns = isConnected(input.ladder) ? [...always, ...whileConnected] : always;
	return concerns
		.flatMap((assess) => assess(input))
		.filter((finding) => !isToldOfPreviousBoot(finding, input))
		.sort(compareFindings);
}
