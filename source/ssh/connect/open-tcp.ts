/** Looks a name up and opens a TCP connection, trying further addresses while the first keeps silent. */
import {lookup} from 'node:dns/promises';
import {connect, isIP, type Socket} from 'node:net';
import {LadderError} from '../../model/ladder-error.ts';
import type {Clock} from '../../support/clock.ts';
import {classifyLookupError, classifyTcpError} from '../classify-connect-error.ts';
import {untilAborted} from '../until-aborted.ts';
import type {ClimbOptions} from './route.ts';

export type TcpTarget = {
	readonly hostname: string;
	readonly port: number;
	readonly family: 4 | 6 | undefined;
	readonly timeoutMs: number;
};

type Address = {readonly address: string; readonly family: number};

/** A name with two IP versions often has one that leads nowhere: the next address starts after this long. */
const staggerMs = 1000;
const addressLimit = 8;

/** Rejects with a `LadderError` at rung `resolve` or `tcp`, or with the signal's reason. */
export async function openTcp(target: TcpTarget, clock: Clock, options: ClimbOptions): Promise<Socket> {
	const addresses = await lookUp(target, options.signal);
	options.onRung('resolve', addresses.map(({address}) => address).join(', '));
	const socket = await connectFirst(addresses, target, clock, options.signal);
	options.onRung('tcp', `${socket.remoteAddress ?? target.hostname} port ${target.port}`);
	return socket;
}

async function lookUp(target: TcpTarget, signal: AbortSignal): Promise<readonly Address[]> {
	const version = isIP(target.hostname);
	if (version !== 0) return [{address: target.hostname, family: version}];
	try {
		const found = await untilAborted(lookup(target.hostname, {all: true, family: target.family ?? 0}), signal);
		return found.slice(0, addressLimit);
	} catch (error) {
		signal.throwIfAborted();
		const facts = classifyLookupError(target.hostname, (error as NodeJS.ErrnoException).code);
		throw new LadderError(facts, {cause: error});
	}
}

/** The first socket to connect wins; the rest are destroyed. */
function connectFirst(
	addresses: readonly Address[],
	target: TcpTarget,
	clock: Clock,
	signal: AbortSignal,
): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const waiting = [...addresses];
		const open = new Set<Socket>();
		const cancels = new Set<() => void>();
		const settle = (winner: Socket | null): void => {
			signal.removeEventListener('abort', onAbort);
			for (const cancel of cancels) cancel();
			for (const socket of open) if (socket !== winner) socket.destroy();
			open.clear();
			waiting.length = 0;
		};
		const fail = (code: string | undefined, cause?: unknown): void => {
			settle(null);
			reject(new LadderError(classifyTcpError(code, target.port, target.timeoutMs), {cause}));
		};
		const onAbort = (): void => {
			settle(null);
			reject(signal.reason as Error);
		};
		const tryNext = (): void => {
			const next = waiting.shift();
			if (next === undefined) return;
			const socket = connect({host: next.address, port: target.port, noDelay: true});
			open.add(socket);
			// Stays for the socket's life: a late reset must not end the program.
			socket.on('error', (error: NodeJS.ErrnoException) => {
				if (!open.delete(socket)) return;
				if (waiting.length > 0) tryNext();
				else if (open.size === 0) fail(error.code, error);
			});
			socket.once('connect', () => {
				settle(socket);
				resolve(socket);
			});
			if (waiting.length > 0) cancels.add(clock.schedule(staggerMs, tryNext));
		};
		if (signal.aborted) {
			onAbort();
			return;
		}
		signal.addEventListener('abort', onAbort, {once: true});
		cancels.add(clock.schedule(target.timeoutMs, () => fail('ETIMEDOUT')));
		tryNext();
	});
}
