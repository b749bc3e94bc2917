/** Offers the credentials one after another through ssh2 and keeps account of what was offered and what the host allows. */
import type {AnyAuthMethod, AuthenticationType} from 'ssh2';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import type {Credentials} from './gather-credentials.ts';
import {createInteractiveAttempts, type InteractiveAttempts, type InteractiveParts} from './interactive-attempts.ts';
import {createLateKey} from './late-signing.ts';

export type AuthenticationAttempts = {
	/** For ssh2's `authHandler`: the next thing to try, false at the end. Never rejects. */
	next(methodsLeft: readonly string[] | null, partialSuccess: boolean | null): Promise<AnyAuthMethod | false>;
	readonly offered: readonly string[];
	/** What the host said it accepts, null when it never said. */
	methods(): readonly string[] | null;
	/** True when a key was accepted and the host wants something more. */
	partial(): boolean;
	readonly interactive: Pick<InteractiveAttempts, 'outcome' | 'passwordExpired' | 'succeeded'>;
};

export type AttemptParts = Omit<InteractiveParts, 'username' | 'tries'> & {
	readonly resolved: Pick<ResolvedTarget, 'user' | 'authenticationMethods' | 'passwordPrompts'>;
	readonly credentials: Pick<Credentials, 'offers'>;
};

/** As ssh tries them (`PreferredAuthentications`), of those this program can do. */
const preferredMethods: readonly string[] = ['publickey', 'keyboard-interactive', 'password'];

/** `none` goes after the keys: first it would cost every host a round trip, but it tells which methods a host allows. */
export function createAuthenticationAttempts(parts: AttemptParts): AuthenticationAttempts {
	const {user: username, authenticationMethods = preferredMethods, passwordPrompts = 3} = parts.resolved;
	const interactive = createInteractiveAttempts({...parts, username, tries: passwordPrompts});
	const remaining = authenticationMethods.includes('publickey') ? [...parts.credentials.offers] : [];
	const offered: string[] = [];
	let methods: readonly string[] | null = null;
	let partial = false;
	let asked = false;

	const nextKey = (): AnyAuthMethod | null => {
		const acceptsKeys = methods === null || methods.includes('publickey' satisfies AuthenticationType);
		const credential = acceptsKeys ? remaining.shift() : undefined;
		if (credential === undefined) return null;
		offered.push(credential.label);
		return {type: 'publickey', username, key: createLateKey(credential.key)};
	};

	return {
		offered,
		methods: () => methods,
		partial: () => partial,
		interactive: {
			...interactive,
			outcome: () => (parts.interview.isWaiting() ? 'waiting' : interactive.outcome()),
		},
		async next(methodsLeft, partialSuccess) {
			if (methodsLeft !== null) methods = methodsLeft.slice(0, 10).map((method) => sanitiseLine(method, 60));
			partial ||= partialSuccess === true;
			const key = nextKey();
			if (key !== null) return key;
			const accepted = authenticationMethods.filter((method) => methods?.includes(method));
			const answer = methods === null ? false : await interactive.next(accepted, partialSuccess === true);
			if (answer !== false) offered.push(answer.type);
			if (answer !== false || asked || partial || interactive.outcome() !== 'untried') return answer;
			asked = true;
			return {type: 'none', username};
		},
	};
}
