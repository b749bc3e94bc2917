/**
 * Lets ssh2 offer keys it does not know and wait for their signatures. ssh2 1.17 drops certificates and security keys
 * (issue 551, pull requests 1486 and 1496), writes every signature as `algorithm, bytes`, which neither of the two is,
 * does not hear of a partial success after an agent's key, and cannot wait for a person while it signs. So a key is
 * passed as one of ssh2's own with other contents, and the signed request is replaced on its way out. This leans on
 * private fields of ssh2, whose version is therefore pinned exactly; everything that does so is in this file.
 */
import ssh2, {type Client, type ParsedKey} from 'ssh2';

export type OfferedKey = {
	/** Algorithm of the request, e.g. `ssh-ed25519-cert-v01@openssh.com`; `ssh-rsa` lets ssh2 choose the hash. */
	readonly algorithm: string;
	/** Key or certificate, in wire format. */
	readonly blob: Buffer;
	/**
	 * The whole signature in wire format; rejects when there is none to be had. `algorithm` is the request's; the signal
	 * aborts when the connection is gone.
	 */
	sign(data: Buffer, algorithm: string, signal: AbortSignal): Promise<Buffer>;
};

type AnswerSignature = (data: Buffer, done: (signature: Buffer) => void) => void;

type Internals = {
	readonly _protocol?: {
		authPK(username: string, key: ParsedKey, algorithm: string | undefined, answer?: AnswerSignature): void;
		readonly _packetRW: {
			readonly write: {
				readonly allocStart: number;
				alloc(payloadBytes: number): Buffer;
				finalize(packet: Buffer): Buffer;
			};
		};
	};
};

type LateKey = ParsedKey & {offered: OfferedKey; failure: Error};

/** Any valid key: what ssh2 asks of it is replaced. */
const template = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** For the `publickey` method of a client with late signing. */
export function createLateKey(offered: OfferedKey): ParsedKey {
	const parsed = ssh2.utils.parseKey(template) as ParsedKey;
	const lateKey: LateKey = Object.assign(Object.create(parsed) as LateKey, {
		offered,
		failure: new Error('no signature'),
		type: offered.algorithm,
		getPublicSSH: () => offered.blob,
		isPrivateKey: () => true,
		// Asked only when the signature did not come: ssh2 then goes on to the next credential.
		sign: () => lateKey.failure,
	});
	return lateKey;
}

/** To be called right after `connect`, which makes the protocol. */
export function allowLateSigning(client: Client): void {
	const protocol = (client as unknown as Internals)._protocol;
	if (protocol === undefined) throw new Error('this version of ssh2 keeps its protocol elsewhere');
	const send = protocol.authPK.bind(protocol);
	const life = new AbortController();
	client.once('close', () => life.abort());
	protocol.authPK = (username, key, algorithm, answer) => {
		const {offered} = key as Partial<LateKey>;
		if (offered === undefined || answer === undefined) {
			send(username, key, algorithm, answer);
			return;
		}
		const name = algorithm ?? offered.algorithm;
		send(username, nameless(key), name, (data, done) => {
			offered.sign(data, name, life.signal).then(
				(signature) => {
					if (!life.signal.aborted) sendSigned(protocol, data, signature, done);
				},
				(error: unknown) => {
					(key as LateKey).failure = error instanceof Error ? error : new Error('no signature', {cause: error});
					if (!life.signal.aborted) answer(data, done);
				},
			);
		});
	};
}

/** ssh2 converts signatures by the key's type; one it does not know is left alone. */
function nameless(key: ParsedKey): ParsedKey {
	return Object.assign(Object.create(key) as ParsedKey, {type: 'late'});
}

/** What is signed is the session's id and the request; the request and the signature are what is sent (RFC 4252, section 7). */
function sendSigned(
	protocol: NonNullable<Internals['_protocol']>,
	data: Buffer,
	signature: Buffer,
	done: (signature: Buffer) => void,
): void {
	const request = data.subarray(4 + data.readUInt32BE());
	const length = Buffer.alloc(4);
	length.writeUInt32BE(signature.length);
	const payload = Buffer.concat([request, length, signature]);
	const {write} = protocol._packetRW;
	const finalize = write.finalize.bind(write);
	write.finalize = () => {
		write.finalize = finalize;
		const packet = write.alloc(payload.length);
		packet.set(payload, write.allocStart);
		return finalize(packet);
	};
	done(signature);
}
