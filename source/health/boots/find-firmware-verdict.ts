/**
 * What firmware told the running kernel about the reset before it: drivers/acpi/apei/bert.c, arch/x86/kernel/cpu/mce,
 * arch/x86/kernel/cpu/amd.c (Linux 6.16 and later).
 */
import type {KernelIncident} from '../../model/kernel-incident.ts';

export type FirmwareVerdict = {readonly ending: 'hardware' | 'watchdog'; readonly incident: KernelIncident};

/** Signatures of such lines, in the order in which they are believed. */
const verdicts: readonly (readonly [string, FirmwareVerdict['ending']])[] = [
	['bert-previous-boot', 'hardware'],
	['amd-reset-hw', 'hardware'],
	['amd-reset-watchdog', 'watchdog'],
	['mce-exception', 'hardware'],
	['mce-logged', 'hardware'],
];

/** These are about nothing else than the boot before, even where that left better evidence of its end. */
export const previousBootSignatureIds: ReadonlySet<string> = new Set([
	'bert-previous-boot',
	'amd-reset-hw',
	'amd-reset-watchdog',
]);

/** Incidents of the running boot that may be about the one before. */
export const firmwareSignatureIds: ReadonlySet<string> = new Set(verdicts.map(([id]) => id));

/** Machine checks printed this early were logged before the reset. */
const earlySeconds = 20;

/** `incidents` are those of the running boot; null when firmware told of nothing fatal. */
export function findFirmwareVerdict(incidents: readonly KernelIncident[]): FirmwareVerdict | null {
	for (const [id, ending] of verdicts) {
		const incident = incidents.find((one) => one.id === id && isAboutReset(one));
		if (incident !== undefined) return {ending, incident};
	}
	return null;
}

/** Errors the hardware corrected were not the reason. */
function isAboutReset({id, severity, firstSeconds}: KernelIncident): boolean {
	if (id.startsWith('mce-')) return firstSeconds !== null && firstSeconds <= earlySeconds;
	return severity === 'critical' || severity === 'panic';
}
