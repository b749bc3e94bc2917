/** The keys an SSH agent holds, and an agent of one key each, so that every offer can be counted and named. */
import {BaseAgent, createAgent, type ParsedKey, type SignCallback, type SigningRequestOptions} from 'ssh2';
import type {Clock} from '../../support/clock.ts';

export type AgentKeys =
	| {readonly kind: 'keys'; readonly agent: BaseAgent; readonly keys: readonly ParsedKey[]}
	| {readonly kind: 'none'}
	| {readonly kind: 'unavailable'; readonly message: string};

const listTimeoutMs = 5000;

/** Never rejects: an agent that is gone or hangs is `unavailable`, with its socket named. */
export function listAgentKeys(socketPath: string | null, clock: Clock): Promise<AgentKeys> {
	if (socketPath === null) return Promise.resolve({kind: 'none'});
	const agent = createAgent(socketPath);
	return new Promise((resolve) => {
		const cancel = clock.schedule(listTimeoutMs, () => {
			resolve({kind: 'unavailable', message: `the agent at ${socketPath} gave no answer in 5 s`});
		});
		agent.getIdentities((error, keys) => {
			cancel();
			if (error) resolve({kind: 'unavailable', message: `no agent answers at ${socketPath}`});
			else resolve({kind: 'keys', agent, keys: (keys ?? []) as readonly ParsedKey[]});
		});
	});
}

/** Stands between ssh2 and the real agent: lists one key, lets the agent sign with it. */
export class SingleKeyAgent extends BaseAgent {
	readonly #agent: BaseAgent;
	readonly #key: ParsedKey;

	constructor(agent: BaseAgent, key: ParsedKey) {
		super();
		this.#agent = agent;
		this.#key = key;
	}

	override getIdentities(callback: Parameters<BaseAgent['getIdentities']>[0]): void {
		callback(undefined, [this.#key]);
	}

	/** ssh2 leaves `options` out, or passes the hash for an RSA signature. */
	override sign(
		publicKey: string | Buffer | ParsedKey,
		data: Buffer,
		options: SigningRequestOptions | SignCallback,
		callback?: SignCallback,
	): void {
		if (typeof options === 'function') this.#agent.sign(publicKey, data, options);
		else this.#agent.sign(publicKey, data, options, callback);
	}
}
