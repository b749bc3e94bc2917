/** What the analysis of one log remembers, and a line that matched on its way into an incident. */
import type {KernelRecord} from '../../model/kernel-log.ts';
import type {CompiledCatalogue} from './compile-catalogue.ts';
import type {IncidentBoard} from './incident-board.ts';
import type {IncidentDraft} from './incident-draft.ts';
import type {Moment} from './moment.ts';
import type {DeviceNames} from './name-device.ts';
import type {OpenReports} from './open-reports.ts';
import type {KernelSignature} from './signature.ts';
import type {StormWatch} from './watch-storms.ts';

/** A draft that further lines join for a short while. */
export type Recent = {readonly draft: IncidentDraft; moment: Moment};

export type AnalysisState = {
	readonly catalogue: CompiledCatalogue;
	readonly board: IncidentBoard;
	readonly reports: OpenReports;
	readonly devices: DeviceNames;
	readonly storms: StormWatch;
	kernelRelease: string | null;
	isVirtual: boolean;
	/** The first crash of this boot: later ones may only follow from it. */
	firstCrash: IncidentDraft | null;
	/** The out-of-memory report being printed. */
	kill: Recent | null;
	/** The last draft that a line without a subject may belong to, per part. */
	readonly recentByPart: Map<string, Recent>;
	/** The last line that only announces others, see `preludes`. */
	prelude: {readonly id: string; readonly draft: IncidentDraft; readonly moment: Moment} | null;
	/** The last incident that announcements belong to, whichever comes first. */
	announced: (Recent & {readonly preludes: readonly string[]}) | null;
	/** Messages left out just before the next line. */
	suppressed: {readonly count: number; readonly line: number} | null;
	/** Lines so far of signatures after which the kernel falls silent, per part. */
	readonly limitedLines: Map<string, number>;
};

/** A line that matched. */
export type Hit = {
	readonly signature: KernelSignature;
	readonly groups: Readonly<Record<string, string>>;
	readonly subject: string;
	readonly record: KernelRecord;
	readonly moment: Moment;
};
