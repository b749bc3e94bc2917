/** Works out the jump hosts on the way to a host, nearest first, as `ssh -J` would chain them; no connection is made. */
import {LadderError} from '../../model/ladder-error.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {identityOf} from '../identity-of.ts';
import {parseProxyJump} from './parse-proxy-jump.ts';

type ResolveTarget = (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;

const hopLimit = 8;

/** Empty for a direct connection. Rejects with a `LadderError` at rung `resolve` for loops and unreadable hops. */
export async function resolveHops(
	resolved: ResolvedTarget,
	resolve: ResolveTarget,
	signal: AbortSignal,
): Promise<readonly ResolvedTarget[]> {
	const hops: ResolvedTarget[] = [];
	const seen = new Set<string>();
	let next: ResolvedTarget = resolved;
	while (next.proxyJump !== null) {
		// Addresses may repeat behind different jump hosts; only the same way to the same place is a loop.
		if (seen.has(identityOf(next)) || hops.length > hopLimit) {
			throw badProxyJump(`jump host loop via ${next.destination}`);
		}
		seen.add(identityOf(next));
		const targets = parseProxyJump(next.proxyJump);
		if (targets === null) throw badProxyJump(`ProxyJump cannot be read: ${next.proxyJump}`);
		const found = await Promise.all(targets.map((target) => resolve(target, signal)));
		const [nearest, ...later] = found;
		if (nearest === undefined) break;
		// Only the nearest hop's own way in counts; the later ones are reached through the one before them.
		hops.unshift(nearest, ...later.map((hop) => ({...hop, proxyJump: null, proxyCommand: null})));
		next = nearest;
	}
	return hops;
}

function badProxyJump(summary: string): LadderError {
	return new LadderError({
		rung: 'resolve',
		code: 'bad-configuration',
		summary: sanitiseLine(summary, 300),
		advice: 'Correct ProxyJump in the SSH configuration: a `Host *` block often needs an exception for the jump host.',
		retry: 'never',
	});
}
