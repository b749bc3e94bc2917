/** All that health judges a host by: the readings, what the ladder says, the folded kernel log, and the time. */
import type {BootHistory, RebootSeen} from '../model/boots.ts';
import type {HostDiskUsage} from '../model/disk-usage.ts';
import type {Finding} from '../model/finding.ts';
import type {Host} from '../model/host.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {Ladder} from '../model/ladder.ts';
import type {HostReadings} from '../model/readings.ts';

export type HealthInput = {
	readonly host: Host;
	readonly ladder: Ladder;
	/** False until the first attempt to reach the host started. */
	readonly attempted: boolean;
	/** Milliseconds since the epoch; null when nothing was ever heard. */
	readonly lastHeardAt: number | null;
	readonly readings: HostReadings;
	/** Set when the host was lost together with many others. */
	readonly lostTogether?: LostTogether;
	/** The boots remembered, judged; null until they have been read. */
	readonly bootHistory: BootHistory | null;
	/** The boot id changed while Sickbay watched. */
	readonly rebootSeen: RebootSeen | null;
	/** Resolved `user@address:port`; null or absent before the first connection. */
	readonly address?: string | null;
	readonly incidents: readonly KernelIncident[];
	/** Lines of the kernel log that never arrived, at least so many; absent for none. */
	readonly kernelLinesLost?: number;
	/** Asked for on demand; absent where nobody can ask. */
	readonly diskUsage?: HostDiskUsage;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

/** Many connections that broke at once, so that it is this machine's doing. */
export type LostTogether = {
	readonly count: number;
	/** Between the first and the last of them. */
	readonly withinMs: number;
	/** True when this machine slept meanwhile. */
	readonly slept: boolean;
};

/** One concern of a host's health: pure, and empty when all is well. */
export type Assess = (input: HealthInput) => readonly Finding[];
