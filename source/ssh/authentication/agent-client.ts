/**
 * Speaks to an SSH agent (draft-ietf-sshm-ssh-agent). ssh2's own client leaves out certificates and security keys and
 * cuts their signatures short.
 */
import {connect} from 'node:net';
import {createWireReader, wireNumber, wireString} from './wire.ts';

export type AgentIdentity = {
	/** Key or certificate in wire format. */
	readonly blob: Buffer;
	readonly comment: string;
};

const identitiesRequest = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signAnswer = 14;
const rsaSha256 = 2;
const rsaSha512 = 4;
const answerLimitBytes = 256 * 1024;
const identityLimit = 200;

/** Rejects when nobody answers at the socket, with whatever else than a list, or when the signal aborts. */
export async function listAgentIdentities(socketPath: string, signal: AbortSignal): Promise<readonly AgentIdentity[]> {
	const answer = await askAgent(socketPath, Buffer.from([identitiesRequest]), signal);
	if (answer[0] !== identitiesAnswer) throw new Error('the agent does not list its keys');
	const reader = createWireReader(answer.subarray(1));
	const identities: AgentIdentity[] = [];
	for (let left = Math.min(reader.readNumber() ?? 0, identityLimit); left > 0; left--) {
		const blob = reader.readString();
		const comment = reader.readString();
		if (blob === null || comment === null) throw new Error("the agent's list is cut short");
		identities.push({blob, comment: comment.toString('utf8')});
	}
	return identities;
}

/**
 * The signature as the agent gives it, in wire format. May take as long as a person needs to touch a key or to approve;
 * rejects when the agent refuses or the signal aborts.
 */
export async function signWithAgent(
	socketPath: string,
	blob: Buffer,
	data: Buffer,
	algorithm: string,
	signal: AbortSignal,
): Promise<Buffer> {
	const flags = /^rsa-sha2-256\b/.test(algorithm) ? rsaSha256 : /^rsa-sha2-512\b/.test(algorithm) ? rsaSha512 : 0;
	const request = [Buffer.from([signRequest]), wireString(blob), wireString(data), wireNumber(flags)];
	const answer = await askAgent(socketPath, Buffer.concat(request), signal);
	const signature = answer[0] === signAnswer ? createWireReader(answer.subarray(1)).readString() : null;
	if (signature === null) throw new Error('the agent does not sign with this key');
	return signature;
}

/** One question, one answer, one connection. */
function askAgent(socketPath: string, message: Buffer, signal: AbortSignal): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const socket = connect({path: socketPath});
		let received = Buffer.alloc(0);
		const settle = (act: () => void): void => {
			signal.removeEventListener('abort', onAbort);
			socket.destroy();
			act();
		};
		const fail = (error: Error): void => settle(() => reject(error));
		const onAbort = (): void => fail(signal.reason as Error);
		socket.on('error', fail);
		socket.once('close', () => fail(new Error('the agent hung up')));
		socket.on('data', (chunk) => {
			received = Buffer.concat([received, chunk]);
			if (received.length < 4) return;
			const length = received.readUInt32BE();
			if (length === 0 || length > answerLimitBytes) fail(new Error('not an agent'));
			else if (received.length >= 4 + length) settle(() => resolve(received.subarray(4, 4 + length)));
		});
		signal.addEventListener('abort', onAbort, {once: true});
		if (signal.aborted) onAbort();
		else socket.write(wireString(message));
	});
}
