/** The whole fleet as last heard: plain immutable data, one entry per host. */
import type {BootHistory, RebootSeen} from '../model/boots.ts';
import type {HostDiskUsage} from '../model/disk-usage.ts';
import type {Finding, Severity} from '../model/finding.ts';
import type {LostTogether} from '../health/health-input.ts';
import type {CompiledCatalogue} from '../health/kernel/compile-catalogue.ts';
import type {Host, HostKey} from '../model/host.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {Ladder} from '../model/ladder.ts';
import type {HostReadings} from '../model/readings.ts';

export type HostState = {
	readonly host: Host;
	readonly ladder: Ladder;
	/** Resolved `user@address:port`, null until the first connection. */
	readonly address: string | null;
	readonly transport: string | null;
	/** True from the start of the first attempt on; a host never tried is `unknown`, not unreachable. */
	readonly attempted: boolean;
	readonly lastHeardAt: number | null;
	readonly readings: HostReadings;
	/** Asked for on demand; the last answers stay, each with its time. */
	readonly diskUsage: HostDiskUsage;
	/** The newest kernel lines, oldest first, at most `kernelRecordLimit`. */
	readonly kernelRecords: readonly KernelRecord[];
	/** Worst first. */
	readonly incidents: readonly KernelIncident[];
	/** The boots remembered, judged; null until they have been read. */
	readonly bootHistory: BootHistory | null;
	/** The boot id changed while Sickbay watched: the boot before, and when the new one was seen. */
	readonly rebootSeen: RebootSeen | null;
	/** Lines the host's kernel log lost before they reached Sickbay, at least so many; absent for none. */
	readonly kernelLinesLost?: number;
	/** Worst first. */
	readonly findings: readonly Finding[];
	readonly severity: Severity;
	/** The severity and summary of the worst finding have changed at this time; the board sorts ties by it. */
	readonly severitySince: number;
	/** Set while the host is one of many lost at once, see `ownNetworkLoss`. */
	readonly lostTogether?: LostTogether;
};

/** This machine seems to be cut off, by the hosts that were lost at once. */
export type OwnNetworkLoss = LostTogether & {
	readonly hostKeys: ReadonlySet<HostKey>;
	/** When the first of them was lost, milliseconds since the epoch. */
	readonly since: number;
};

export type FleetState = {
	readonly hosts: ReadonlyMap<HostKey, HostState>;
	/** Set while it seems to be this machine that is cut off. */
	readonly ownNetworkLoss?: OwnNetworkLoss | null;
	/** What kernel lines are known by; the built-in signatures where absent. */
	readonly catalogue?: CompiledCatalogue;
};

/** The state while events are folded into it in place; a picture of it is a `FleetState`. */
export type FleetDraft = {
	readonly hosts: Map<HostKey, HostState>;
	ownNetworkLoss?: OwnNetworkLoss | null;
};

export const kernelRecordLimit = 2000;
