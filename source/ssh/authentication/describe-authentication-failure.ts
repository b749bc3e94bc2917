/** Says why a host did not let us in: what it was offered, what it was not and why, and what it would accept. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import type {AuthenticationAttempts} from './authentication-attempts.ts';
import type {Credentials} from './gather-credentials.ts';
import {interactiveMethods, type InteractiveOutcome} from './interactive-attempts.ts';

type KeyAttempts = Pick<AuthenticationAttempts, 'offered' | 'methods' | 'partial'>;

export type FailedAttempts = KeyAttempts & {
	readonly interactive: Pick<AuthenticationAttempts['interactive'], 'outcome'>;
};

type Told = Pick<LadderErrorFacts, 'summary' | 'advice'> & {readonly code?: LadderErrorFacts['code']};

/** `words` are the host's own, e.g. `Too many authentication failures`; empty when it only said no. */
export function describeAuthenticationFailure(
	user: string,
	attempts: FailedAttempts,
	credentials: Pick<Credentials, 'notes' | 'agentUnavailable'>,
	words: string,
): LadderErrorFacts {
	const methods = attempts.methods();
	const detail = [
		...attempts.offered.slice(0, 20).map((label) => `offered: ${label}`),
		...credentials.notes.slice(0, 20).map((note) => `not offered: ${note}`),
		...(methods === null ? [] : [`the host accepts: ${methods.join(', ')}`]),
	];
	const account = sanitiseLine(user, 60);
	const told =
		tellInteractive(account, attempts) ??
		(attempts.offered.length === 0
			? tellNothingOffered(account, credentials)
			: {
					summary: `SSH: ${words === '' ? `no key accepted for ${account}` : sanitiseLine(words, 120)}`,
					advice: `Add one of the offered keys to ${account}'s authorized_keys on the host, or correct User and IdentityFile.`,
				});
	return {code: 'authentication-failed', ...told, rung: 'authentication', detail, retry: 'never'};
}

function tellNothingOffered(account: string, {agentUnavailable}: Pick<Credentials, 'agentUnavailable'>): Told {
	if (agentUnavailable) {
		return {
			code: 'agent-unavailable',
			summary: 'SSH: no agent answers and there is no other key',
			advice: 'Start the agent (or correct SSH_AUTH_SOCK) and add the key with `ssh-add`.',
		};
	}
	return {
		summary: `SSH: no key to offer for ${account}`,
		advice: 'Add a key to the agent with `ssh-add`, or name one with IdentityFile in the SSH configuration.',
	};
}

/** Null when what a person could say had no part in it. */
function tellInteractive(account: string, attempts: FailedAttempts): Told | null {
	const wanted = (attempts.methods() ?? []).join(', ');
	const outcome = attempts.interactive.outcome();
	const said = tellOutcome(account, outcome, attempts);
	if (said !== null || !attempts.partial()) return said;
	return {
		summary: `SSH: the host wants more than a key from ${account}: ${wanted}`,
		advice: 'Give it the second proof it asks for, or allow a key alone for this account (AuthenticationMethods).',
	};
}

/** Null when nothing was asked. */
export function tellOutcome(account: string, outcome: InteractiveOutcome, attempts: KeyAttempts): Told | null {
	const again = 'press ^r on the host (or run again) to be asked once more.';
	switch (outcome) {
		case 'untried':
			return null;
		case 'nobody-to-ask':
			return tellNobody(account, attempts);
		case 'waiting':
			return {
				summary: `SSH: the host hung up before its question to ${account} was answered`,
				advice: `Hosts wait two minutes or less (LoginGraceTime): have the answer at hand and ${again}`,
			};
		case 'declined':
			return {
				summary: `SSH: the host's question to ${account} was not answered`,
				advice: `Have the password or code at hand and ${again}`,
			};
		case 'refused':
			return {
				summary: `SSH: the host did not accept the answer for ${account}`,
				advice: `Check the password or code, and ${again}`,
			};
		case 'password-expired':
			return {
				summary: `SSH: the password of ${account} has expired`,
				advice: 'Log in once with `ssh` and change it.',
			};
		case 'too-much-asked':
			return {
				summary: `SSH: the host asks ${account} more questions than a login may`,
				advice: 'See what `ssh -v` shows of its keyboard-interactive questions.',
			};
	}
}

function tellNobody(account: string, attempts: KeyAttempts): Told {
	const methods = attempts.methods() ?? [];
	const asks = methods.filter((method) => interactiveMethods.includes(method));
	const what = asks.includes('keyboard-interactive') ? 'a password or one-time code' : 'a password';
	const advice = `Run it in a terminal, without BatchMode, to be asked; or let a key in for this account: now it takes ${asks.join(' or ')}.`;
	if (attempts.partial()) {
		return {summary: `SSH: the host wants more than a key from ${account}: ${methods.join(', ')}`, advice};
	}
	const keys = attempts.offered.length === 0 ? 'there is no key to offer' : 'no key was accepted';
	return {summary: `SSH: ${keys} for ${account}; ${what} would be needed`, advice};
}
