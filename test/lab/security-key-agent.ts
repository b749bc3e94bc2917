/** An SSH agent with one security key in software: it signs as a FIDO device does, so sshd cannot tell the difference. */
import {createHash, generateKeyPairSync, sign} from 'node:crypto';
import {once} from 'node:events';
import {createServer} from 'node:net';

export type SecurityKeyAgent = {
	/** The line for authorized_keys. */
	readonly publicLine: string;
	/** Signatures asked for and not given yet; the key is not touched until `touch`. */
	waiting(): number;
	/** Touches the key: what waits is signed, and everything after it, unless the hand is taken away again. */
	touch(): void;
	letGo(): void;
	close(): void;
};

const application = 'ssh:';
const type = 'sk-ssh-ed25519@openssh.com';

export async function startSecurityKeyAgent(socketPath: string): Promise<SecurityKeyAgent> {
	const {privateKey, publicKey} = generateKeyPairSync('ed25519');
	const point = Buffer.from(publicKey.export({format: 'jwk'}).x ?? '', 'base64url');
	const blob = Buffer.concat([wire(type), wire(point), wire(application)]);
	const waiting: (() => void)[] = [];
	let touched = true;
	let counter = 0;

	/** PROTOCOL.u2f in OpenSSH's source: what the device signs, and what the signature is made of. */
	const signAsDevice = (data: Buffer): Buffer => {
		const tail = Buffer.alloc(5);
		tail[0] = 1;
		tail.writeUInt32BE(++counter, 1);
		const signed = sign(null, Buffer.concat([hash(application), tail, hash(data)]), privateKey);
		return Buffer.concat([wire(type), wire(signed), tail]);
	};

	const server = createServer((socket) => {
		let received = Buffer.alloc(0);
		socket.on('error', () => undefined);
		socket.on('data', (chunk) => {
			received = Buffer.concat([received, chunk]);
			if (received.length < 4 || received.length < 4 + received.readUInt32BE()) return;
			const length = received.readUInt32BE();
			const message = received.subarray(4, 4 + length);
			received = received.subarray(4 + length);
			if (message[0] === 11) {
				socket.write(wire(Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), wire(blob), wire('in software')])));
			} else if (message[0] === 13) {
				const keyLength = message.readUInt32BE(1);
				const data = message.subarray(9 + keyLength, 9 + keyLength + message.readUInt32BE(5 + keyLength));
				const answer = (): void =>
					void socket.write(wire(Buffer.concat([Buffer.from([14]), wire(signAsDevice(data))])));
				if (touched) answer();
				else waiting.push(answer);
			} else {
				// Extensions such as ssh's session-bind are answered with a plain failure.
				socket.write(wire(Buffer.from([5])));
			}
		});
	});
	server.listen(socketPath);
	await once(server, 'listening');
	return {
		publicLine: `${type} ${blob.toString('base64')} in software\n`,
		waiting: () => waiting.length,
		touch() {
			touched = true;
			for (const answer of waiting.splice(0)) answer();
		},
		letGo() {
			touched = false;
		},
		close: () => void server.close(),
	};
}

function wire(value: Buffer | string): Buffer {
	const bytes = Buffer.from(value);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
}

function hash(value: Buffer | string): Buffer {
	return createHash('sha256').update(value).digest();
}
