/** The keys and certificates an SSH agent holds, ready to be offered. */
import type {Clock} from '../../support/clock.ts';
import type {Limiter} from '../../support/limiter.ts';
import {listAgentIdentities, signWithAgent} from './agent-client.ts';
import {isCertificateType, parseCertificate, type Certificate} from './certificate.ts';
import type {Interview} from './interview.ts';
import type {OfferedKey} from './late-signing.ts';
import {isSecurityKey} from './read-key-file.ts';
import {requestAlgorithm} from './request-algorithm.ts';
import {wireTypeOf} from './wire.ts';

export type AgentKey = {
	/** In wire format, as the agent lists it: a key or a certificate. */
	readonly blob: Buffer;
	readonly comment: string;
	/** Null for a plain key. */
	readonly certificate: Certificate | null;
};

export type AgentKeys =
	| {readonly kind: 'keys'; readonly socketPath: string; readonly keys: readonly AgentKey[]}
	| {readonly kind: 'none'}
	| {readonly kind: 'unavailable'; readonly message: string};

const listTimeoutMs = 5000;

/** Never rejects: an agent that is gone or hangs is `unavailable`, with its socket named. */
export async function listAgentKeys(socketPath: string | null, clock: Clock): Promise<AgentKeys> {
	if (socketPath === null) return {kind: 'none'};
	const patience = new AbortController();
	const cancel = clock.schedule(listTimeoutMs, () => patience.abort());
	try {
		const identities = await listAgentIdentities(socketPath, patience.signal);
		const keys = identities.flatMap(({blob, comment}): AgentKey[] => {
			const type = wireTypeOf(blob);
			if (!isCertificateType(type)) return isOffered(type) ? [{blob, comment, certificate: null}] : [];
			const certificate = parseCertificate(blob);
			return certificate?.isForUser === true ? [{blob, comment, certificate}] : [];
		});
		return {kind: 'keys', socketPath, keys};
	} catch {
		const silent = patience.signal.aborted;
		const message = silent ? `the agent at ${socketPath} gave no answer in 5 s` : `no agent answers at ${socketPath}`;
		return {kind: 'unavailable', message};
	} finally {
		cancel();
	}
}

/** DSA keys are no longer accepted by any OpenSSH of these years. */
function isOffered(type: string): boolean {
	return type !== '' && type !== 'ssh-dss';
}

/**
 * `blob` is what is offered, `signer` what the agent signs with: they differ for a certificate in a file whose key the
 * agent holds. `touches` lets one security key ask to be touched at a time, so that the person knows for which host.
 */
export function offerAgentKey(
	blob: Buffer,
	signer: Buffer,
	socketPath: string,
	{interview, touches}: {readonly interview: Interview; readonly touches: Limiter},
): OfferedKey {
	return {
		algorithm: requestAlgorithm(wireTypeOf(blob)),
		blob,
		sign(data, algorithm, signal) {
			const ask = (): Promise<Buffer> => signWithAgent(socketPath, signer, data, algorithm, signal);
			if (!isSecurityKey(signer)) return interview.handOn('approve', ask);
			return interview.handOnInTurn(touches, 'touch', ask, signal);
		},
	};
}
