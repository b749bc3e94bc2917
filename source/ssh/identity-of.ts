/** One text per account on a machine: two targets with the same text are the same place to log in to. */
import type {ResolvedTarget} from '../model/resolved-target.ts';

/** Names behind different jump hosts are different machines, so the way there is part of the identity. */
export function identityOf(resolved: ResolvedTarget): string {
	const place = `${resolved.user}@${resolved.hostname.toLowerCase()}:${resolved.port}`;
	if (resolved.proxyJump !== null) return `${place} via ${resolved.proxyJump}`;
	return resolved.proxyCommand === null ? place : `${place} via ${resolved.proxyCommand}`;
}
