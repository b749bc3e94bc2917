/** Names the rung at which a handshake broke, from what ssh2, the route and the checks of ours have to say. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {AuthenticationAttempts} from '../authentication/authentication-attempts.ts';
import {describeAuthenticationFailure} from '../authentication/describe-authentication-failure.ts';
import type {Credentials} from '../authentication/gather-credentials.ts';
import type {Interview} from '../authentication/interview.ts';
import {classifyHandshakeError, type HandshakeFailure, type RawError} from '../classify-connect-error.ts';
import type {SshTimings} from '../ssh-timings.ts';
import type {HostKeyCheck} from './host-key-check.ts';
import type {Route} from './route.ts';

export type FailureParts = {
	readonly resolved: ResolvedTarget;
	readonly route: Pick<Route, 'explainSilence'>;
	readonly credentials: Credentials;
	readonly hostKeyCheck: Pick<HostKeyCheck, 'refusal'>;
	readonly timings: SshTimings;
	readonly interview: Pick<Interview, 'isWaiting'>;
};

type FailureFacts = Pick<HandshakeFailure, 'reached' | 'greeting'> & {readonly error: RawError | null};

/** The broken rung of a handshake that failed, in words. */
export function explainFailure(
	parts: FailureParts,
	attempts: AuthenticationAttempts,
	facts: FailureFacts,
): LadderErrorFacts {
	const {resolved, route, credentials, hostKeyCheck, timings, interview} = parts;
	const refusal = hostKeyCheck.refusal();
	if (refusal !== null) return refusal;
	const message = facts.error?.message ?? '';
	const isRejection = facts.error?.level === 'client-authentication';
	const isLogin = isRejection || interview.isWaiting() || /authentication/i.test(message);
	if (facts.reached === 'host-key' && isLogin) {
		return describeAuthenticationFailure(resolved.user, attempts, credentials, isRejection ? '' : message);
	}
	if (facts.reached === 'tcp' && facts.greeting === '') {
		const silence = route.explainSilence(facts.error?.level === 'client-timeout');
		if (silence !== null) return silence;
	}
	const waitedMs = facts.reached === 'tcp' ? bannerWaitMs(timings) : timings.readyMs;
	return classifyHandshakeError({...facts, port: resolved.port, waitedMs});
}

export function bannerWaitMs({bannerMs, readyMs}: SshTimings): number {
	return Math.min(bannerMs, readyMs);
}

/** Said as ssh2 says that its own wait is over. */
export function timedOut(what: 'identification' | 'handshake'): Error {
	return Object.assign(new Error(`Timed out while waiting for the ${what}`), {level: 'client-timeout'});
}

/** Said as ssh2 says that there is nothing left to try. */
export function rejection(): Error {
	return Object.assign(new Error('All configured authentication methods failed'), {level: 'client-authentication'});
}

/** One key's trouble (an agent that will not sign, a key file that cannot): ssh2 goes on to the next by itself. */
export function isPassing(error: Error & {level?: string}): boolean {
	return (
		error.level === 'agent' ||
		(error.level === 'client-authentication' && !error.message.startsWith('All configured authentication'))
	);
}
