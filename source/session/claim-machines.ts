/** Two names for one machine become one row: the one declared first keeps it, whichever resolves first. */
import type {Host, HostKey} from '../model/host.ts';

/** Claims a machine for a host; answers with the host that already has it, else null. */
export type ClaimMachine = (claimant: Host, identity: string) => HostKey | null;

/** `onTakenOver`: a host declared earlier claims the machine another one has. */
export function createMachineClaims(
	hosts: readonly Host[],
	onTakenOver: (owner: HostKey, into: HostKey) => void,
): ClaimMachine {
	const rank = new Map(hosts.map((host, index) => [host.key, index]));
	const owners = new Map<string, Host>();
	return (claimant, identity) => {
		const owner = owners.get(identity) ?? claimant;
		if ((rank.get(owner.key) ?? 0) < (rank.get(claimant.key) ?? 0)) return owner.key;
		owners.set(identity, claimant);
		if (owner.key !== claimant.key) onTakenOver(owner.key, claimant.key);
		return null;
	};
}
