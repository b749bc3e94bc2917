/**
 * An `http.Agent` over any transport: bounded connections, kept alive between requests, closed when idle. It never
 * follows a redirect, which would make this machine call wherever an engine says.
 */
import {Agent, type ClientRequest, type IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Clock} from '../support/clock.ts';

export type EngineAgentOptions = {
	readonly open: () => Duplex;
	readonly clock: Clock;
	readonly maxSockets: number;
	readonly idleSocketMs: number;
};

export function createEngineAgent(options: EngineAgentOptions): Agent {
	return new EngineAgent(options);
}

class EngineAgent extends Agent {
	readonly #open: () => Duplex;
	readonly #clock: Clock;
	readonly #idleSocketMs: number;
	readonly #cancelIdle = new WeakMap<Duplex, () => void>();

	constructor({open, clock, maxSockets, idleSocketMs}: EngineAgentOptions) {
		super({keepAlive: true, maxSockets, maxFreeSockets: 1});
		this.#open = open;
		this.#clock = clock;
		this.#idleSocketMs = idleSocketMs;
	}

	/** Synchronous: with a callback, Node counts no socket until it is open and exceeds `maxSockets`. */
	override createConnection(): Duplex {
		return fitForHttp(this.#open());
	}

	override keepSocketAlive(socket: Duplex): boolean {
		const kept = Boolean(super.keepSocketAlive(socket)) && !socket.destroyed;
		if (kept) this.#closeWhenIdle(socket);
		return kept;
	}

	#closeWhenIdle(socket: Duplex): void {
		this.#cancelIdle.get(socket)?.();
		const cancelTimer = this.#clock.schedule(this.#idleSocketMs, () => socket.destroy());
		const cancel = (): void => {
			cancelTimer();
			socket.off('close', cancel);
		};
		socket.once('close', cancel);
		this.#cancelIdle.set(socket, cancel);
	}

	override reuseSocket(socket: Duplex, request: ClientRequest): void {
		this.#cancelIdle.get(socket)?.();
		super.reuseSocket(socket, request);
	}

	/** Called by `http.request` for each request; not in the type declarations. */
	addRequest(request: ClientRequest, ...rest: unknown[]): void {
		request.prependOnceListener('response', (response: IncomingMessage) => {
			// docker-modem follows `location` with a plain http request.
			delete response.headers.location;
		});
		const inherited = Agent.prototype as unknown as {addRequest(request: ClientRequest, ...rest: unknown[]): void};
		inherited.addRequest.call(this, request, ...rest);
	}

	/** docker-modem inspects its agent, to unlimited depth, before every request, whether it logs that or not. */
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '[engine agent]';
	}
}

/** A channel is not a socket; `http` calls these on whatever it is given. */
function fitForHttp(stream: Duplex): Duplex {
	const same = (): Duplex => stream;
	for (const name of ['setTimeout', 'setNoDelay', 'setKeepAlive', 'ref', 'unref']) {
		if (!(name in stream)) Object.defineProperty(stream, name, {value: same});
	}
	// `http` removes its own error listener when it lets a socket go; a late error must not end the program.
	stream.on('error', () => {});
	return stream;
}
