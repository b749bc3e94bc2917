/** Does what a person decided in the review of host keys. */
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import type {FleetSupervisor} from '../session/supervise-fleet.ts';
import type {SshConnector} from '../ssh/ssh-connector.ts';
import {sanitiseLine} from '../support/sanitise.ts';

/** Resolves with the first thing that went wrong, in words, or null; never rejects. */
export async function acceptHostKeys(
	reviews: readonly HostKeyReview[],
	connector: Pick<SshConnector, 'acceptHostKey'>,
	supervisor: Pick<FleetSupervisor, 'refresh'>,
): Promise<string | null> {
	const outcomes = await Promise.allSettled(reviews.map(({offered}) => connector.acceptHostKey(offered)));
	supervisor.refresh(reviews.flatMap(({hosts}) => hosts.map(({key}) => key)));
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed === undefined) return null;
	const words = failed.reason instanceof Error ? failed.reason.message : String(failed.reason);
	return sanitiseLine(`not written to known_hosts: ${words}`, 200);
}
