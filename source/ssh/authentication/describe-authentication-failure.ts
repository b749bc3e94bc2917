/** Says why a host did not let us in: which keys it was offered, which it was not and why, and what it would accept. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {AuthenticationAttempts} from './authentication-attempts.ts';
import type {Credentials} from './gather-credentials.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

/** `words` are the host's own, e.g. `Too many authentication failures`; empty when it only said no. */
export function describeAuthenticationFailure(
	user: string,
	attempts: Pick<AuthenticationAttempts, 'offered' | 'methods' | 'partial'>,
	credentials: Pick<Credentials, 'notes' | 'agentUnavailable'>,
	words: string,
): LadderErrorFacts {
	const methods = attempts.methods();
	const account = sanitiseLine(user, 60);
	const nothingOffered = attempts.offered.length === 0;
	const detail = [
		...attempts.offered.slice(0, 20).map((label) => `offered: ${label}`),
		...credentials.notes.slice(0, 20).map((note) => `not offered: ${note}`),
		...(methods === null ? [] : [`the host accepts: ${methods.join(', ')}`]),
	];
	const shared = {rung: 'authentication' as const, detail, retry: 'never' as const};
	if (attempts.partial()) {
		return {
			...shared,
			code: 'unsupported',
			summary: `SSH: the host wants more than a key from ${account}: ${(methods ?? []).join(', ')}`,
			advice:
				'Allow a key alone for this account (AuthenticationMethods), or use an account that needs no second factor.',
		};
	}
	if (nothingOffered && credentials.agentUnavailable) {
		return {
			...shared,
			code: 'agent-unavailable',
			summary: 'SSH: no agent answers and there is no other key',
			advice: 'Start the agent (or correct SSH_AUTH_SOCK) and add the key with `ssh-add`.',
		};
	}
	return {
		...shared,
		code: 'authentication-failed',
		summary: nothingOffered
			? `SSH: no key to offer for ${account}`
			: `SSH: ${words === '' ? `no key accepted for ${account}` : sanitiseLine(words, 120)}`,
		advice: nothingOffered
			? 'Add a key to the agent with `ssh-add`, or name one with IdentityFile in the SSH configuration.'
			: `Add one of the offered keys to ${account}'s authorized_keys on the host, or correct User and IdentityFile.`,
	};
}
