/** Host keys that were refused, one entry per name and key however many hosts wait behind it, for one review list. */
import type {HostKey} from '../model/host.ts';
import type {OfferedHostKey} from '../model/offered-host-key.ts';
import type {FleetState} from './fleet-state.ts';

export type HostKeyReview = {
	/** Stable while the same key is shown under the same name. */
	readonly id: string;
	readonly offered: OfferedHostKey;
	/** Hosts that cannot be reached before this key is accepted; several behind a jump host. */
	readonly hosts: readonly {readonly key: HostKey; readonly name: string}[];
	/** Other names under which this very key is shown or on file. */
	readonly alsoSeenOn: readonly string[];
	readonly isAcceptable: boolean;
};

const verdictOrder: readonly OfferedHostKey['verdict'][] = ['unknown', 'changed', 'revoked'];

/** Those that can be accepted first, then by name. */
export function selectHostKeyReviews(state: FleetState): readonly HostKeyReview[] {
	const byId = new Map<string, {offered: OfferedHostKey; hosts: {key: HostKey; name: string}[]}>();
	for (const {host, ladder} of state.hosts.values()) {
		const offered = ladder.broken?.hostKey;
		if (offered === undefined) continue;
		const id = `${offered.lookupName} ${offered.key}`;
		const entry = byId.get(id) ?? {offered, hosts: []};
		entry.hosts.push({key: host.key, name: host.name});
		byId.set(id, entry);
	}
	const reviews = [...byId].map(([id, {offered, hosts}]) => ({
		id,
		offered,
		hosts,
		alsoSeenOn: [...namesOfKey(offered, [...byId.values()]), ...offered.alsoAt],
		isAcceptable: offered.verdict === 'unknown' && offered.addTo !== null,
	}));
	return reviews.sort(compareReviews);
}

function namesOfKey(
	{key, lookupName}: OfferedHostKey,
	entries: readonly {readonly offered: OfferedHostKey}[],
): readonly string[] {
	return entries.flatMap(({offered}) =>
		offered.key === key && offered.lookupName !== lookupName ? [offered.lookupName] : [],
	);
}

function compareReviews(a: HostKeyReview, b: HostKeyReview): number {
	return (
		Number(b.isAcceptable) - Number(a.isAcceptable) ||
		verdictOrder.indexOf(a.offered.verdict) - verdictOrder.indexOf(b.offered.verdict) ||
		byName.compare(a.offered.lookupName, b.offered.lookupName)
	);
}

const byName = new Intl.Collator('en', {numeric: true});
