/**
 * Says how one earlier boot ended, by the first of these that has something to say: heat, a shutdown, the dying kernel's
 * own text, trouble at the end of its log, firmware's record, and last that it stopped without a word.
 */
import type {Boot, BootEnding, BootEvidence, CrashDump} from '../../model/boots.ts';
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import {findCleanEnd} from './find-clean-end.ts';
import type {FirmwareVerdict} from './find-firmware-verdict.ts';
import type {EarlierBoot} from './line-up-boots.ts';

export type EndingInput = {
	readonly boot: EarlierBoot;
	readonly dumps: readonly CrashDump[];
	/** What is left of its kernel log, and the incidents in it, worst first. */
	readonly records: readonly KernelRecord[];
	readonly incidents: readonly KernelIncident[];
	/** Only for the boot just before the running one. */
	readonly firmware: FirmwareVerdict | null;
	/** Lines of the running boot that show that a file system or the journal was not closed; likewise. */
	readonly recoveries: readonly string[];
	readonly sources: BootEvidence['sources'];
};

export type Ending = Pick<Boot, 'ending' | 'reason' | 'evidence'>;

const evidenceLimit = 10;
/** Trouble this long before the last line has not ended the boot. */
const nearEndMs = 10 * 60_000;

export function judgeEnding(input: EndingInput): Ending {
	return (
		judgeHeat(input) ??
		judgeShutdown(input) ??
		judgeDump(input) ??
		judgeTail(input) ??
		judgeFirmware(input) ??
		judgeSilence(input)
	);
}

/** The kernel shuts an overheated host down in order, so this comes before the shutdown. */
function judgeHeat(input: EndingInput): Ending | null {
	const heat = input.incidents.find((one) => one.id === 'thermal-shutdown' && isNearEnd(one, input.records));
	return heat === undefined ? null : byIncident('heat', heat, 'overheated: ');
}

function judgeShutdown({boot, dumps}: EndingInput): Ending | null {
	// A kernel can still panic on the way down.
	if (dumps.some(({reason}) => reason === 'Panic')) return null;
	const end = boot.journal === null ? null : findCleanEnd(boot.journal);
	if (end !== null) return {ending: 'clean', reason: 'shut down', evidence: [quote(end)]};
	if (boot.wtmp?.ending !== 'down') return null;
	return {ending: 'clean', reason: 'shut down (wtmp)', evidence: []};
}

function judgeDump({dumps, incidents}: EndingInput): Ending | null {
	const dump = dumps.find(({reason, source}) => source === 'kdump' || reason === 'Panic') ?? dumps[0];
	if (dump === undefined) return null;
	const place = dump.source === 'pstore' ? 'pstore' : 'crash dump';
	const worst = incidents.find(isCrash);
	const ending = dump.source === 'kdump' || dump.reason === 'Panic' ? 'panic' : 'probable';
	if (worst !== undefined) return byIncident(ending, worst, '', ` (${place})`);
	const reason = ending === 'panic' ? 'kernel panic' : `last words of the kernel, reason ${dump.reason ?? 'unknown'}`;
	const evidence = [dump.path, ...dump.records.slice(-(evidenceLimit - 1)).map(({text}) => text)];
	return {ending, reason: `${reason} (${place})`, evidence};
}

function judgeTail({incidents, records}: EndingInput): Ending | null {
	const last = incidents.find((one) => isCrash(one) && isNearEnd(one, records));
	if (last === undefined) return null;
	return last.severity === 'panic'
		? byIncident('panic', last, '', ' (journal)')
		: byIncident('probable', last, '', ' (last in its log)');
}

function judgeFirmware({firmware}: EndingInput): Ending | null {
	if (firmware === null) return null;
	return firmware.ending === 'watchdog'
		? byIncident('watchdog', firmware.incident, 'hung, reset by the hardware watchdog: ')
		: byIncident('hardware', firmware.incident, 'hardware error kept by firmware: ');
}

function judgeSilence({boot, recoveries, sources}: EndingInput): Ending {
	const lines = boot.journal?.lastLines ?? [];
	const isSeen = lines.length > 0 || boot.wtmp?.ending === 'crash' || recoveries.length > 0;
	if (isSeen) {
		return {
			ending: 'unclean',
			reason: 'unclean stop, no evidence: power, hypervisor or a silent hang',
			evidence: [...recoveries.slice(0, 4), ...lines.slice(-4).map(quote)],
		};
	}
	const closed = sources.find(({state}) => state === 'not-permitted');
	return {ending: 'unknown', reason: closed === undefined ? 'nothing is left of its end' : closed.detail, evidence: []};
}

function byIncident(ending: BootEnding, incident: KernelIncident, before: string, after = ''): Ending {
	return {ending, reason: `${before}${incident.title}${after}`, evidence: incident.lines.slice(0, evidenceLimit)};
}

/** What can end a boot; what the engine complains about cannot. */
function isCrash({severity, id, category}: KernelIncident): boolean {
	if (severity === 'panic') return true;
	return severity === 'critical' && category !== 'docker-daemon' && !id.startsWith('docker-');
}

/** By the clock of the kernel where the log has it; a log without times is taken as one end. */
function isNearEnd(incident: KernelIncident, records: readonly KernelRecord[]): boolean {
	const last = records.at(-1);
	if (last === undefined) return false;
	if (incident.lastSeconds !== null && last.monotonicSeconds !== null) {
		return (last.monotonicSeconds - incident.lastSeconds) * 1000 <= nearEndMs;
	}
	return incident.lastAt === null || last.at === null || last.at - incident.lastAt <= nearEndMs;
}

function quote({identifier, text}: KernelRecord): string {
	return identifier === undefined ? text : `${identifier}: ${text}`;
}
