/** What reading one connected host needs. */
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {Host} from '../model/host.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import type {LadderClimb} from './ladder-climb.ts';

export type ReadHostOptions = {
	readonly host: Host;
	readonly transport: Transport;
	/** True for this machine, whose figures come from its own system calls instead of the probe. */
	readonly local: boolean;
	readonly climb: LadderClimb;
	/** How long earlier boots wait after the first answer; absent: a few seconds. */
	readonly bootsRestMs?: number;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};
