/**
 * Keeps what is known of a host's boots: judges their evidence when it arrives and when firmware's lines in the running
 * boot's log change, and notices a boot id that changed.
 */
import {firmwareSignatureIds} from '../health/boots/find-firmware-verdict.ts';
import {judgeBoots} from '../health/boots/judge-boots.ts';
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import type {BootEvidence, BootHistory, RebootSeen} from '../model/boots.ts';
import {valueOf} from '../model/reading.ts';
import type {HostState} from './fleet-state.ts';

/** `after` with its boots, where `before` is the host before the event at `at`, milliseconds since the epoch. */
export type FoldBoots = (before: HostState, after: HostState, at: number) => HostState;

export function createBootsFold(catalogue: CompiledCatalogue): FoldBoots {
	return (before, after, at) => {
		const rebootSeen = noticeReboot(before, after, at);
		const evidence = currentEvidence(after);
		const isSame =
			evidence === currentEvidence(before) &&
			firmwareKey(before) === firmwareKey(after) &&
			rebootSeen === after.rebootSeen;
		if (isSame) return after;
		const bootHistory: BootHistory | null = evidence === null ? null : judgeBoots(evidence, after, catalogue);
		return {...after, rebootSeen, bootHistory};
	};
}

/** What was read before a reboot tells nothing of the boot that ended since. */
function currentEvidence({readings}: HostState): BootEvidence | null {
	const evidence = valueOf(readings.boots);
	const bootId = valueOf(readings.identity)?.bootId ?? null;
	if (evidence === null || bootId === null || evidence.bootId === null) return evidence;
	return evidence.bootId.replaceAll('-', '') === bootId.replaceAll('-', '') ? evidence : null;
}

function noticeReboot(before: HostState, after: HostState, at: number): RebootSeen | null {
	const fromBootId = valueOf(before.readings.identity)?.bootId ?? null;
	const bootId = valueOf(after.readings.identity)?.bootId ?? null;
	return fromBootId === null || bootId === null || fromBootId === bootId ? after.rebootSeen : {fromBootId, at};
}

function firmwareKey({incidents}: HostState): string {
	return incidents
		.filter(({id}) => firmwareSignatureIds.has(id))
		.map(({key, severity}) => `${key} ${severity}`)
		.join('\n');
}
