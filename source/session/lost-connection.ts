/** The reasons shown when a connection that was up went away. */
import {LadderError} from '../model/ladder-error.ts';
import type {TransportClosed} from '../model/transport.ts';
import {formatDuration} from '../support/format.ts';

export function lostConnection(message: string, bastion?: string): LadderError {
	return new LadderError({
		rung: 'tcp',
		code: 'lost',
		summary: `connection lost: ${message}`,
		advice: 'Sickbay reconnects by itself; if the host stays away, look at it from its console.',
		retry: 'soon',
		...(bastion === undefined ? {} : {bastion}),
	});
}

/** `bastion` is the jump host of a connection that led through one. */
export function lostTransport(closed: TransportClosed, bastion?: string): LadderError {
	if (closed.kind === 'closed-by-us') return lostConnection('closed', bastion);
	if (closed.withBastion === undefined) return lostConnection(closed.message, bastion);
	return new LadderError({
		rung: 'tcp',
		code: 'lost-with-bastion',
		summary: `lost with jump host ${closed.withBastion}`,
		detail: [closed.message],
		advice: `Look at ${closed.withBastion}: this host may be well. Sickbay reconnects by itself.`,
		retry: 'soon',
		bastion: closed.withBastion,
		bastionBroke: true,
	});
}

/** Whatever was open while this machine slept is not worth trusting: the far side may have given it up. */
export function sleptThrough(sleptMs: number): LadderError {
	return new LadderError({
		rung: 'tcp',
		code: 'slept',
		summary: `this machine slept for ${formatDuration(sleptMs)}: reconnecting`,
		advice: 'Wait: the host is being reached again.',
		retry: 'soon',
	});
}
