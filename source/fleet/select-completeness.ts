/** Tells when the first picture of a host is complete: every reading has answered, or a broken rung says why not. */
import {isConnected} from '../model/ladder.ts';
import type {ReadingName} from '../model/readings.ts';
import type {FleetState, HostState} from './fleet-state.ts';

const hostReadings: readonly ReadingName[] = ['identity', 'vitals', 'filesystems', 'kernelLog', 'kernelCounters'];
const engineReadings: readonly ReadingName[] = ['engine', 'containers', 'images'];

export function selectIsHostComplete(host: HostState): boolean {
	if (!isConnected(host.ladder)) return host.ladder.broken !== null;
	const answered = (name: ReadingName): boolean => host.readings[name].kind !== 'pending';
	return hostReadings.every(answered) && (host.ladder.broken !== null || engineReadings.every(answered));
}

export function selectIsFleetComplete(state: FleetState): boolean {
	return [...state.hosts.values()].every(selectIsHostComplete);
}

/** True when earlier boots are known as well, which take longer to read than all that a host is now. */
export function selectAreBootsKnown(state: FleetState): boolean {
	return [...state.hosts.values()].every(
		({ladder, readings}) => !isConnected(ladder) || readings.boots.kind !== 'pending',
	);
}
