/** One SSH channel through a control master in proxy mode; behaves towards its user as ssh2's channels do. */
import {Duplex, PassThrough} from 'node:stream';
import type {ChannelError} from '../channels/channel-opener.ts';
import {channelMessages as messages, type PacketField, type PacketReader} from './mux-packets.ts';

export type ChannelRequest =
	| {readonly kind: 'command'; readonly commandLine: string}
	| {readonly kind: 'unix-socket'; readonly path: string}
	| {readonly kind: 'tcp'; readonly hostname: string; readonly port: number};

/** The way of one channel's messages to the master. */
export type MuxWire = {
	/** This side's number of the channel. */
	readonly id: number;
	/** Sends a message; `written` is called when the master has taken it, or never will. */
	send(type: number, fields: readonly PacketField[], written?: () => void): void;
	/** Nothing more will come for this channel. */
	release(): void;
};

type Callback = (error?: Error | null) => void;
/** `leaving`: given up before the host has answered, which must be waited for. */
type Stage = 'opening' | 'leaving' | 'starting' | 'open' | 'closed';

const windowBytes = 2 * 1024 * 1024;
const packetBytes = 32 * 1024;

export class MuxChannel extends Duplex {
	readonly stderr = new PassThrough();
	readonly #wire: MuxWire;
	readonly #request: ChannelRequest;
	readonly #settle: (error: ChannelError | undefined) => void;
	#stage: Stage = 'opening';
	#remoteId = 0;
	#remoteWindowBytes = 0;
	#remotePacketBytes = 0;
	#ungrantedBytes = 0;
	#sawEof = false;
	#sawExit = false;
	#waiting: {readonly chunk: Buffer; readonly callback: Callback} | null = null;

	/** `settled` is called once: without an error when the channel is open and its command started. */
	constructor(wire: MuxWire, request: ChannelRequest, settled: (error: ChannelError | undefined) => void) {
		super();
		// Whoever uses the channel listens only once it is open.
		this.on('error', () => undefined);
		this.#wire = wire;
		this.#request = request;
		let isSettled = false;
		this.#settle = (error) => {
			if (isSettled) return;
			isSettled = true;
			settled(error);
		};
		const window = [wire.id, windowBytes, packetBytes];
		wire.send(messages.open, [...openFields(request, window)]);
	}

	override _read(): void {
		this.#grant();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
		this.#waiting = {chunk, callback};
		this.#flush();
	}

	override _final(callback: Callback): void {
		if (this.#stage === 'open') this.#send(messages.eof, []);
		callback();
	}

	override _destroy(error: Error | null, callback: Callback): void {
		this.#leave();
		this.stderr.end();
		callback(error);
	}

	/** Takes a message of the host to this channel, from behind the channel's number on. */
	handle(type: number, reader: PacketReader): void {
		switch (type) {
			case messages.openConfirmation:
				this.#remoteId = reader.number();
				this.#remoteWindowBytes = reader.number();
				this.#remotePacketBytes = reader.number();
				return this.#start();
			case messages.openFailure: {
				const reason = reader.number();
				return this.#fail(`(SSH) Channel open failure: ${reader.text()}`, reason);
			}
			case messages.success:
				return this.#ready();
			case messages.failure:
				return this.#fail('Unable to exec');
			case messages.windowAdjust:
				this.#remoteWindowBytes += reader.number();
				return this.#flush();
			case messages.data:
				return this.#receive(reader.bytes());
			case messages.extendedData:
				reader.number();
				return this.#receiveError(reader.bytes());
			case messages.eof:
				this.#sawEof = true;
				return this.#endIfOver();
			case messages.close:
				return this.finish();
			case messages.request:
				return this.#answer(reader);
		}
	}

	#start(): void {
		if (this.#stage === 'leaving') {
			this.#stage = 'open';
			this.#leave();
			return;
		}
		if (this.#request.kind !== 'command') return this.#ready();
		this.#stage = 'starting';
		this.#send(messages.request, ['exec', true, this.#request.commandLine]);
	}

	#ready(): void {
		if (this.#stage !== 'opening' && this.#stage !== 'starting') return;
		this.#stage = 'open';
		this.#settle(undefined);
		this.#flush();
	}

	#fail(message: string, reason?: number): void {
		if (this.#stage === 'starting') this.#leave();
		else this.#release();
		this.#settle(Object.assign(new Error(message), {reason}));
		this.destroy();
	}

	#receive(data: Buffer): void {
		this.#count(data);
		if (this.push(data)) this.#grant();
	}

	#receiveError(data: Buffer): void {
		this.#count(data);
		this.stderr.write(data);
		this.#grant();
	}

	#count(data: Buffer): void {
		this.#ungrantedBytes += data.length;
		if (this.#ungrantedBytes > windowBytes) throw new RangeError('the host sends more than it was allowed to');
	}

	/** Lets the host send on, in large steps, as far as what it sent has been taken. */
	#grant(): void {
		if (this.#ungrantedBytes < windowBytes / 4 || this.#stage !== 'open') return;
		this.#send(messages.windowAdjust, [this.#ungrantedBytes]);
		this.#ungrantedBytes = 0;
	}

	#answer(reader: PacketReader): void {
		const type = reader.text();
		const wantsReply = reader.byte() !== 0;
		this.#sawExit ||= type.startsWith('exit-');
		if (type === 'exit-status') this.emit('exit', reader.number());
		else if (type === 'exit-signal') this.emit('exit', null, `SIG${reader.text()}`);
		if (wantsReply) this.#send(messages.failure, []);
		this.#endIfOver();
	}

	#flush(): void {
		const {chunk, callback} = this.#waiting ?? {};
		if (chunk === undefined || callback === undefined) return;
		if (this.#stage === 'closed') {
			this.#waiting = null;
			callback(new Error('the channel is closed'));
			return;
		}
		if (this.#stage !== 'open') return;
		let rest = chunk;
		while (rest.length > 0) {
			const size = Math.min(rest.length, this.#remoteWindowBytes, this.#remotePacketBytes);
			if (size === 0) {
				this.#waiting = {chunk: rest, callback};
				return;
			}
			const part = rest.subarray(0, size);
			rest = rest.subarray(size);
			this.#remoteWindowBytes -= size;
			// The master may read slower than the host takes, so a write is done when the master has it.
			this.#send(messages.data, [part], rest.length === 0 ? () => callback() : undefined);
		}
		this.#waiting = null;
	}

	#send(type: number, fields: readonly PacketField[], written?: () => void): void {
		this.#wire.send(type, [this.#remoteId, ...fields], written);
	}

	/** A command's output ends with its exit: whoever hangs up in between would never hear of the latter. */
	#endIfOver(): void {
		if (this.#sawEof && (this.#sawExit || this.#request.kind !== 'command')) this.#endReading();
	}

	#endReading(): void {
		if (!this.readableEnded && !this.destroyed) this.push(null);
	}

	/** Called when the channel is gone, from the host's side or with the connection; what it brought may still be unread. */
	finish(): void {
		this.#leave();
		this.#release();
		this.#flush();
		this.#settle(new Error('No response from server'));
		if (this.destroyed) return;
		if (this.readableEnded) this.destroy();
		else {
			this.once('end', () => this.destroy());
			this.#endReading();
		}
	}

	/** Says goodbye to the host, once; the number stays taken until the host has said so, too. */
	#leave(): void {
		// sshd may not know the channel yet: a master that is told to forget such a one ends itself (OpenSSH 9.2).
		if (this.#stage === 'opening') this.#stage = 'leaving';
		if (this.#stage !== 'open' && this.#stage !== 'starting') return;
		this.#stage = 'closed';
		this.#send(messages.close, []);
	}

	#release(): void {
		this.#stage = 'closed';
		this.#wire.release();
	}
}

/** Type, window and what the type needs: RFC 4254 section 7.2, and OpenSSH's PROTOCOL for sockets. */
function openFields(request: ChannelRequest, window: readonly number[]): readonly PacketField[] {
	switch (request.kind) {
		case 'command':
			return ['session', ...window];
		case 'unix-socket':
			return ['direct-streamlocal@openssh.com', ...window, request.path, '', 0];
		case 'tcp':
			return ['direct-tcpip', ...window, request.hostname, request.port, '127.0.0.1', 0];
	}
}
