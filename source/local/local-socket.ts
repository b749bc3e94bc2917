/** A Unix socket of this machine whose refusals read like those of any other transport. */
import {Socket} from 'node:net';
import {TransportError} from '../model/transport.ts';
import {sanitiseLine} from '../support/sanitise.ts';

export class LocalSocket extends Socket {
	readonly #path: string;
	#isOpen = false;

	/** Connects at once; writes wait until it has. */
	constructor(path: string) {
		super();
		this.#path = path;
		this.once('connect', () => {
			this.#isOpen = true;
		});
		this.connect({path});
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		const isRefusal = error !== null && !this.#isOpen && !(error instanceof TransportError);
		super._destroy(isRefusal ? refusal(this.#path, error) : error, callback);
	}
}

function refusal(path: string, error: NodeJS.ErrnoException): TransportError {
	const name = sanitiseLine(path, 200);
	const words: Readonly<Record<string, string>> = {
		ENOENT: `no socket at ${name}`,
		EACCES: `no permission to use ${name}`,
		ECONNREFUSED: `nothing listens at ${name}`,
	};
	const message = words[error.code ?? ''] ?? `cannot connect to ${name} (${error.code ?? error.message})`;
	return new TransportError('refused', message, {cause: error});
}
