/** Offers the credentials one after another through ssh2 and keeps account of what was offered and what the host allows. */
import type {AnyAuthMethod, AuthenticationType} from 'ssh2';
import {sanitiseLine} from '../../support/sanitise.ts';
import {SingleKeyAgent} from './agent-keys.ts';
import type {Credentials} from './gather-credentials.ts';

export type AuthenticationAttempts = {
	/** For ssh2's `authHandler`: the next thing to try, false at the end. */
	next(methodsLeft: readonly string[] | null, partialSuccess: boolean | null): AnyAuthMethod | false;
	readonly offered: readonly string[];
	/** What the host said it accepts, null when it never said. */
	methods(): readonly string[] | null;
	/** True when a key was accepted and the host wants something more. */
	partial(): boolean;
};

/** `none` goes last: first it would cost every host a round trip, but it tells which methods a host allows. */
export function createAuthenticationAttempts(username: string, credentials: Credentials): AuthenticationAttempts {
	const remaining = [...credentials.offers];
	const offered: string[] = [];
	let methods: readonly string[] | null = null;
	let partial = false;
	let asked = false;

	return {
		offered,
		methods: () => methods,
		partial: () => partial,
		next(methodsLeft, partialSuccess) {
			if (methodsLeft !== null) methods = methodsLeft.slice(0, 10).map((method) => sanitiseLine(method, 60));
			partial ||= partialSuccess === true;
			const acceptsKeys = methods === null || methods.includes('publickey' satisfies AuthenticationType);
			const credential = acceptsKeys ? remaining.shift() : undefined;
			if (credential !== undefined) {
				offered.push(credential.label);
				return credential.kind === 'agent'
					? {type: 'agent', username, agent: new SingleKeyAgent(credential.agent, credential.key)}
					: {type: 'publickey', username, key: credential.key};
			}
			if (asked || partial) return false;
			asked = true;
			return {type: 'none', username};
		},
	};
}
