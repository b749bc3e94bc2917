/** The exit code of a prune, so that a script can tell what it has to look at. */
import {countOutcomes} from '../actions/prune/describe-outcomes.ts';
import type {HostPrune} from './host-prune.ts';

/**
 * 2 if anything failed, or was found again after it was removed, or could not be written down; else 3 if a host could
 * not be read in full, or nobody knows what became of something; else 1 if something came into use since the plan; else 0.
 */
export function exitCodeOfPrune(hosts: readonly HostPrune[]): 0 | 1 | 2 | 3 {
	const codes = new Set(hosts.map(codeOf));
	return ([2, 3, 1] as const).find((code) => codes.has(code)) ?? 0;
}

function codeOf(host: HostPrune): 0 | 1 | 2 | 3 {
	if (host.kind === 'merged') return 0;
	if (host.kind === 'unread') return 3;
	const isPartial = host.plan.unread.length > 0;
	if (host.kind === 'planned') return isPartial ? 3 : 0;
	const {outcomes, verification, stopped} = host.result;
	const counts = countOutcomes(outcomes.values());
	const isUnwritten = stopped?.startsWith('the audit') === true;
	if (counts.failed > 0 || verification === 'differs' || isUnwritten) return 2;
	if (isPartial || counts.unknown > 0 || counts['not-attempted'] > 0 || verification === 'unverified') return 3;
	return counts['in-use'] > 0 ? 1 : 0;
}
