/** Finds out whether known_hosts has a certificate authority (`@cert-authority`) for a host. */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {selectEntriesFor} from '../host-keys/verify-host-key.ts';

/** `only`: no key of the host itself is known. */
export type Authority = 'only' | 'also';

/** Null when there is none. */
export async function findAuthority(resolved: ResolvedTarget, files: KnownHostsFiles): Promise<Authority | null> {
	const all = await files.read([...resolved.userKnownHostsFiles, ...resolved.globalKnownHostsFiles]);
	// Matching hashed names is costly, and most people have no authority at all.
	if (!all.some(({marker}) => marker === 'cert-authority')) return null;
	const entries = selectEntriesFor(resolved, all);
	if (!entries.some(({marker}) => marker === 'cert-authority')) return null;
	return entries.some(({marker}) => marker === 'none') ? 'also' : 'only';
}
