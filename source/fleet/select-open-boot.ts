/** The boot whose log and incidents are looked at: the running one, or one of those the host remembers. */
import type {Boot} from '../model/boots.ts';
import type {KernelIncident} from '../model/kernel-incident.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {HostState} from './fleet-state.ts';

export type OpenBoot = {
	/** Null for the running boot. */
	readonly boot: Boot | null;
	/** Oldest first. */
	readonly records: readonly KernelRecord[];
	/** Worst first. */
	readonly incidents: readonly KernelIncident[];
};

/** Boots before the running one, newest first; empty also while nothing is known of them. */
export function selectEarlierBoots(host: HostState): readonly Boot[] {
	return host.bootHistory?.boots.filter(isEarlier) ?? [];
}

/** What names a boot, also after the host has booted again; its number does not. */
export function bootKeyOf({bootId, startedAt, endedAt, index}: Boot): string {
	return bootId ?? `${startedAt ?? ''}/${endedAt ?? ''}/${startedAt === null && endedAt === null ? index : ''}`;
}

/** The running boot for null, and where the boot of that key is not remembered any more. */
export function selectOpenBoot(host: HostState, bootKey: string | null): OpenBoot {
	const boot = bootKey === null ? undefined : selectEarlierBoots(host).find((each) => bootKeyOf(each) === bootKey);
	return boot === undefined
		? {boot: null, records: host.kernelRecords, incidents: host.incidents}
		: {boot, records: boot.records, incidents: boot.incidents};
}

/** Key of the boot before (-1) or after (1) the given one; null for the running boot, undefined where there is none. */
export function selectBootBeside(
	host: HostState,
	bootKey: string | null,
	direction: 1 | -1,
): string | null | undefined {
	const keys = [null, ...selectEarlierBoots(host).map(bootKeyOf)];
	return keys[Math.max(0, keys.indexOf(bootKey)) - direction];
}

function isEarlier({index, ending}: Boot): boolean {
	return index < 0 && ending !== 'running';
}
