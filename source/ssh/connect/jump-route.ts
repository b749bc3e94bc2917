/** Reaches a host through a channel of a jump host's connection (`ProxyJump`). */
import type {Duplex} from 'node:stream';
import {LadderError} from '../../model/ladder-error.ts';
import type {Clock} from '../../support/clock.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {ChannelSocket} from '../channels/channel-socket.ts';
import {classifyForwardError, classifyTcpError} from '../classify-connect-error.ts';
import {untilAborted} from '../until-aborted.ts';
import type {JumpLease} from './jump-hosts.ts';
import type {Route} from './route.ts';

export type JumpDestination = {
	readonly hostname: string;
	readonly port: number;
	readonly timeoutMs: number;
	/** The jump host's name, for messages. */
	readonly via: string;
};

/** Rejects with a `LadderError` at rung `tcp`, or the signal's reason; the lease is released then. */
export async function openThroughJump(
	lease: JumpLease,
	to: JumpDestination,
	clock: Clock,
	signal: AbortSignal,
): Promise<Route> {
	const socket = new ChannelSocket(clock);
	socket.on('error', () => undefined);
	const close = (): void => {
		socket.destroy();
		lease.release();
	};
	try {
		await untilAborted(openChannel(lease, to, socket, clock), signal);
	} catch (error) {
		close();
		throw error;
	}
	const bastion = {name: bastionName(to.via), closed: lease.connection.closed};
	return {stream: socket, isDirect: true, bastion, explainSilence: () => null, close};
}

function openChannel(lease: JumpLease, to: JumpDestination, socket: ChannelSocket, clock: Clock): Promise<Duplex> {
	return new Promise((resolve, reject) => {
		const cancel = clock.schedule(to.timeoutMs, () => {
			reject(new LadderError(classifyTcpError('ETIMEDOUT', to.port, to.timeoutMs)));
		});
		const answered = (error: Error | undefined, channel?: Parameters<ChannelSocket['attach']>[0]): void => {
			cancel();
			if (error || channel === undefined) {
				reject(new LadderError(classifyForwardError(to.via, error?.message ?? '', to.port), {cause: error}));
				return;
			}
			socket.attach(channel);
			resolve(socket);
		};
		try {
			lease.connection.client.forwardOut('127.0.0.1', 0, to.hostname, to.port, answered);
		} catch (error) {
			answered(error as Error);
		}
	});
}

/** What a jump host is called everywhere: the destination the configuration names. */
export function bastionName(destination: string): string {
	return sanitiseLine(destination, 100);
}

/** The jump host's own broken rung, told as the reason its guests cannot be reached. */
export function blameJumpHost(error: unknown, via: string): unknown {
	if (!(error instanceof LadderError)) return error;
	return new LadderError(
		{
			rung: 'tcp',
			code: error.code,
			summary: `jump host ${bastionName(via)}: ${error.message}`,
			bastion: error.bastion ?? bastionName(via),
			bastionBroke: true,
			...(error.hostKey === null ? {} : {hostKey: error.hostKey}),
			detail: error.detail,
			advice: error.advice,
			retry: error.retry,
		},
		{cause: error},
	);
}
