/**
 * Makes an SSH channel behave like a socket: writes wait until the channel opens, both directions end together, and
 * `destroy` and `setTimeout` do what they say. ssh2's own channels do none of these (docker-modem, http.Agent and
 * stream.pipeline all rely on them).
 */
import {Duplex} from 'node:stream';
import type {Clock} from '../../support/clock.ts';
import type {OpenChannel} from './channel-opener.ts';

type Callback = (error?: Error | null) => void;

export class ChannelSocket extends Duplex {
	readonly #clock: Clock;
	#channel: OpenChannel | null = null;
	#waitingWrite: (() => void) | null = null;
	#cancelTimeout: (() => void) | null = null;
	#timeoutMs = 0;

	constructor(clock: Clock) {
		super({allowHalfOpen: false});
		this.#clock = clock;
	}

	/** Joins the channel once it is open; closes it at once when this stream was destroyed in the meantime. */
	attach(channel: OpenChannel): void {
		channel.on('error', () => this.destroy());
		if (this.destroyed) {
			discard(channel);
			return;
		}
		this.#channel = channel;
		channel.on('data', (chunk: Buffer) => {
			this.#touch();
			if (!this.push(chunk)) channel.pause();
		});
		channel.on('end', () => this.push(null));
		channel.on('close', () => this.#finish());
		this.#waitingWrite?.();
		this.#waitingWrite = null;
	}

	/** Milliseconds without traffic until `timeout` is emitted, 0 for never; as `net.Socket` has it. */
	setTimeout(timeoutMs: number, callback?: () => void): this {
		this.#timeoutMs = timeoutMs;
		if (callback !== undefined) this.once('timeout', callback);
		this.#touch();
		return this;
	}

	/** The connection below has its own keepalive and no delay; http.Agent asks every socket for them. */
	setKeepAlive(): this {
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}

	override _read(): void {
		this.#channel?.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
		this.#touch();
		this.#whenOpen((channel) => {
			if (channel.writable) channel.write(chunk, callback);
			else callback(new Error('the channel is closed'));
		});
	}

	override _final(callback: Callback): void {
		this.#whenOpen((channel) => {
			channel.end();
			callback();
		});
	}

	override _destroy(error: Error | null, callback: Callback): void {
		this.#cancelTimeout?.();
		this.#waitingWrite = null;
		if (this.#channel !== null) discard(this.#channel);
		callback(error);
	}

	#whenOpen(proceed: (channel: OpenChannel) => void): void {
		const channel = this.#channel;
		if (channel !== null) proceed(channel);
		else this.#waitingWrite = () => this.#channel !== null && proceed(this.#channel);
	}

	/** The channel is gone for good: a write it swallowed never calls back, so wait for the reader only. */
	#finish(): void {
		if (this.readableEnded) {
			this.destroy();
			return;
		}
		this.once('end', () => this.destroy());
		if (!this.readableEnded && !this.destroyed) this.push(null);
	}

	#touch(): void {
		this.#cancelTimeout?.();
		this.#cancelTimeout =
			this.#timeoutMs > 0 && !this.destroyed ? this.#clock.schedule(this.#timeoutMs, () => this.emit('timeout')) : null;
	}
}

/** Closes a channel and reads what still comes, so that ssh2 can forget it. */
function discard(channel: OpenChannel): void {
	channel.on('error', () => undefined);
	channel.destroy();
	channel.resume();
	channel.stderr.resume();
}
