/** Judges all that a host has left of its boots: how each ended, and what would leave more evidence next time. */
import type {Boot, BootEvidence, BootHistory, CrashDump} from '../../model/boots.ts';
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import {createKernelAnalysis} from '../kernel/analyse-kernel-log.ts';
import type {CompiledCatalogue} from '../kernel/compile-catalogue.ts';
import {adviseOnEvidence} from './advise-on-evidence.ts';
import {findFirmwareVerdict, type FirmwareVerdict} from './find-firmware-verdict.ts';
import {joinBootLog} from './join-boot-log.ts';
import {judgeEnding, type Ending} from './judge-ending.ts';
import {lineUpBoots, type EarlierBoot} from './line-up-boots.ts';
import {placeDumps} from './place-dumps.ts';

/** What is known of the running boot from its own log. */
export type RunningBoot = {
	readonly incidents: readonly KernelIncident[];
	readonly records: readonly KernelRecord[];
};

/** Newest first, the running boot at index 0. The running boot's log itself is left to the host's own state. */
export function judgeBoots(
	evidence: BootEvidence,
	running: Pick<RunningBoot, 'incidents'>,
	catalogue: CompiledCatalogue,
): BootHistory {
	const analyse = (records: readonly KernelRecord[], kernelRelease: string | null): readonly KernelIncident[] => {
		const analysis = createKernelAnalysis({catalogue, kernelRelease});
		for (const record of records) analysis.add(record);
		return analysis.incidents();
	};
	const known = lineUpBoots(evidence);
	const {ofBoots, unplaced} = placeDumps(evidence, known);
	const recoveries = evidence.firmwareLines.map(({text}) => text).filter(isRecovery);
	const boots = addUnremembered(known, unplaced, recoveries.length > 0);
	const firmware = findFirmwareVerdict([...running.incidents, ...analyse(evidence.firmwareLines, null)]);
	const earlier = boots.map((boot, position): Boot => {
		const dumps = known.length === 0 ? unplaced.slice(position, position + 1) : (ofBoots[position] ?? []);
		const records = joinBootLog(boot, dumps);
		const incidents = analyse(records, boot.wtmp?.kernelRelease ?? null);
		const ending = judgeEnding({
			boot,
			dumps,
			records,
			incidents,
			firmware: position === 0 ? firmware : null,
			recoveries: position === 0 ? recoveries : [],
			sources: evidence.sources,
		});
		const {bootId, startedAt} = boot;
		const endedAt = endOf(boot, records);
		const ownFirmware = ending.ending === 'hardware' || ending.ending === 'watchdog' ? firmware : null;
		return {
			bootId,
			index: -1 - position,
			startedAt,
			endedAt,
			...withFirmware(ending, position === 0 ? firmware : null),
			incidents: ownFirmware === null ? incidents : [ownFirmware.incident, ...incidents],
			records,
		};
	});
	return {
		boots: [runningBoot(evidence), ...earlier],
		sources: evidence.sources,
		rememberedSince: earlier.findLast(({startedAt}) => startedAt !== null)?.startedAt ?? null,
		advice: adviseOnEvidence(evidence, earlier[0] ?? null),
	};
}

/** A host without journal and wtmp may still have a crash's text, or file systems that were not unmounted. */
function addUnremembered(
	known: readonly EarlierBoot[],
	unplaced: readonly CrashDump[],
	hasRecoveries: boolean,
): readonly EarlierBoot[] {
	if (known.length > 0) return known;
	const ends = unplaced.length > 0 ? unplaced.map(({writtenAt}) => writtenAt) : hasRecoveries ? [null] : [];
	return ends.map((endedAt) => ({
		bootId: null,
		startedAt: null,
		endedAt,
		nextStartedAt: null,
		journal: null,
		wtmp: null,
	}));
}

/** `recovery complete` of ext4, `Starting recovery` of XFS, and journald's word about its own file. */
function isRecovery(text: string): boolean {
	return /: recovery complete|: Starting recovery|corrupted or uncleanly shut down/.test(text);
}

/** Firmware's word stays evidence where the boot left a better reason. */
function withFirmware(ending: Ending, firmware: FirmwareVerdict | null): Ending {
	const isReason = ending.ending === 'hardware' || ending.ending === 'watchdog' || ending.ending === 'clean';
	if (firmware === null || isReason) return ending;
	return {...ending, evidence: [...ending.evidence.slice(0, 8), ...firmware.incident.lines.slice(0, 2)]};
}

/** The last that was heard of it; a crash's own text may reach further than the journal. */
function endOf({endedAt, nextStartedAt}: EarlierBoot, records: readonly KernelRecord[]): number | null {
	const lastAt = records.at(-1)?.at ?? null;
	const end = endedAt === null || lastAt === null ? (endedAt ?? lastAt) : Math.max(endedAt, lastAt);
	return end !== null && nextStartedAt !== null ? Math.min(end, nextStartedAt) : end;
}

function runningBoot({bootId, bootedAt}: BootEvidence): Boot {
	return {
		bootId,
		index: 0,
		startedAt: bootedAt,
		endedAt: null,
		ending: 'running',
		reason: 'running',
		evidence: [],
		incidents: [],
		records: [],
	};
}
