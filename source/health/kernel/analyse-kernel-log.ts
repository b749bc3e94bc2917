/**
 * Turns a kernel log, line by line, into incidents. One analysis follows one log; it keeps at most `incidentLimit`
 * incidents and a bounded memory of what is still going on.
 */
import type {KernelIncident} from '../../model/kernel-incident.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {AnalysisState, Hit} from './analysis-state.ts';
import {type CompiledCatalogue, type LookUp, machineLiterals} from './compile-catalogue.ts';
import {createIncidentBoard, incidentLimit} from './incident-board.ts';
import {createIncidentView} from './incident-view.ts';
import {isFromKernel, matchAny} from './match-kernel-record.ts';
import {momentOf, type Moment} from './moment.ts';
import {createDeviceNames} from './name-device.ts';
import type {KernelSignature} from './signature.ts';
import {createOpenReports} from './open-reports.ts';
import {applyClosings} from './apply-closings.ts';
import {applyDetails} from './apply-details.ts';
import {takeHit} from './take-hit.ts';
import {createStormWatch} from './watch-storms.ts';

export type KernelAnalysis = {
	/** Records in log order. True when `incidents()` changed. */
	add(record: KernelRecord): boolean;
	/** Worst first, then by first occurrence; the same array until something changed. */
	incidents(): readonly KernelIncident[];
};

export type KernelAnalysisOptions = {
	readonly catalogue: CompiledCatalogue;
	/** `uname -r`; learnt from the log where it is not given. */
	readonly kernelRelease?: string | null;
	/** Incidents kept; `incidentLimit` unless told. */
	readonly incidentLimit?: number;
};

const virtualMachine =
	/^(?:Hypervisor detected: |Booting paravirtualized kernel on (?!bare)|Hardware name: .*(?:QEMU|KVM|VMware|Virtual|Xen|Bochs|Amazon EC2|Google Compute|OpenStack|innotek|Hetzner vServer|DigitalOcean|Droplet))/;

export function createKernelAnalysis(options: KernelAnalysisOptions): KernelAnalysis {
	const {catalogue} = options;
	const state = newState(options);
	const view = createIncidentView(state);
	let line = 0;

	return {
		add(record) {
			line += 1;
			const {text} = record;
			const moment = momentOf(record, line);
			const isKernels = isFromKernel(record);
			if (isKernels) state.devices.read(text);
			const found = catalogue.lookUp(text);
			if (found !== null) return read(record, moment, found, state);
			return isKernels && readReport(record, moment, state);
		},
		incidents: () => view.incidents(),
	};
}

/** A line that holds a text of the catalogue. */
function read(record: KernelRecord, moment: Moment, found: LookUp, state: AnalysisState): boolean {
	const {text} = record;
	const isKernels = isFromKernel(record);
	if (isKernels) {
		learnMachine(text, state);
		if (applyDetails(record, moment, found, state)) return true;
	}
	const match = matchAny(record, found.signatures);
	if (match !== null) {
		if (text.startsWith('Linux version ')) beginBoot(text, state);
		const {signature, groups} = match;
		const hit: Hit = {signature, groups, subject: subjectOf(signature, groups), record, moment};
		takeHit(hit, state);
		return true;
	}
	if (!isKernels) return false;
	const closed = applyClosings(text, found.closings, state);
	return readReport(record, moment, state) || closed;
}

/** A line of an open report; one that shows a kernel already hurt points at the crash that hurt it. */
function readReport(record: KernelRecord, moment: Moment, state: AnalysisState): boolean {
	if (!state.reports.read(record, moment)) return false;
	const draft = state.reports.latest(record)?.draft;
	if (draft?.isFollowUp === true && draft !== state.firstCrash) draft.follows ??= state.firstCrash;
	return true;
}

/** A stall is about its processor; elsewhere the processor only happened to be the one that said it. */
function subjectOf({part}: KernelSignature, {subject, cpu}: Readonly<Record<string, string>>): string {
	if (subject === undefined && part === 'stall' && cpu !== undefined) return `CPU${cpu}`;
	return (subject ?? '').replace(/[.,:!]+$/, '');
}

function learnMachine(text: string, state: AnalysisState): void {
	if (!machineLiterals.some((literal) => text.startsWith(literal))) return;
	if (virtualMachine.test(text)) state.isVirtual = true;
}

/** The log goes on with another boot: nothing of the last one goes on with it. */
function beginBoot(text: string, state: AnalysisState): void {
	state.kernelRelease = /^Linux version (\S+)/.exec(text)?.[1] ?? state.kernelRelease;
	state.reports.clear();
	state.devices.clear();
	state.storms.clear();
	state.recentByPart.clear();
	state.limitedLines.clear();
	state.firstCrash = null;
	state.kill = null;
	state.prelude = null;
	state.announced = null;
	state.suppressed = null;
}

function newState({catalogue, kernelRelease, incidentLimit: limit}: KernelAnalysisOptions): AnalysisState {
	return {
		catalogue,
		board: createIncidentBoard(limit ?? incidentLimit),
		reports: createOpenReports(),
		devices: createDeviceNames(),
		storms: createStormWatch(),
		kernelRelease: kernelRelease ?? null,
		isVirtual: false,
		firstCrash: null,
		kill: null,
		recentByPart: new Map(),
		prelude: null,
		announced: null,
		suppressed: null,
		limitedLines: new Map(),
	};
}
