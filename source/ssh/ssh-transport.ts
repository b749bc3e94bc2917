/** A `Transport` over one connection of ssh2 or OpenSSH: commands in session channels, sockets in direct-streamlocal channels. */
import type {Duplex} from 'node:stream';
import {TransportError, type Transport, type TransportClosed} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {ChannelSocket} from './channels/channel-socket.ts';
import {startCommand} from './channels/start-command.ts';
import type {ChannelOpener} from './channels/channel-opener.ts';
import type {SshConnection} from './connect/ssh-connection.ts';

/** A jump host's end and that of the links through it arrive in the same breath, in either order. */
const bastionNewsMs = 100;

/** What a transport needs of a connection. */
export type TransportConnection = Omit<SshConnection, 'client'> & {readonly client: ChannelOpener};

export function createSshTransport(connection: TransportConnection, clock: Clock): Transport {
	let closedByUs = false;
	const closed = connection.closed.then(async (error): Promise<TransportClosed> => {
		if (closedByUs) return {kind: 'closed-by-us'};
		const lost = {kind: 'lost', message: describeLoss(error)} as const;
		const {bastion} = connection;
		if (bastion === undefined) return lost;
		const isGone = await Promise.race([bastion.closed.then(() => true), pause(clock, bastionNewsMs).then(() => false)]);
		return isGone ? {...lost, withBastion: bastion.name} : lost;
	});
	return {
		closed,
		description: connection.description,
		...(connection.bastion === undefined ? {} : {bastion: connection.bastion.name}),
		exec: (commandLine, signal) => startCommand(connection.client, commandLine, clock, signal),
		openUnixSocket: (path) => openUnixSocket(connection, path, clock),
		close() {
			closedByUs = true;
			connection.close();
		},
	};
}

function openUnixSocket(connection: TransportConnection, path: string, clock: Clock): Duplex {
	const socket = new ChannelSocket(clock);
	// A path with NUL would be cut short by the host's kernel and reach another socket.
	const fail = (error: TransportError): void => void process.nextTick(() => socket.destroy(error));
	if (path.includes('\0')) {
		fail(new TransportError('refused', 'a socket path cannot contain a NUL character'));
		return socket;
	}
	try {
		connection.client.openssh_forwardOutStreamLocal(path, (error, channel) => {
			if (error) socket.destroy(classifyStreamLocalError(path, error));
			else socket.attach(channel);
		});
	} catch (error) {
		fail(new TransportError('closed', 'the connection is gone', {cause: error}));
	}
	return socket;
}

/** OpenSSH refuses with the same reason whether forwarding is off, the socket is missing or not ours (serverloop.c). */
function classifyStreamLocalError(path: string, error: Error): TransportError {
	if (/no response from server/i.test(error.message)) {
		return new TransportError('closed', 'the connection is gone', {cause: error});
	}
	const name = sanitiseLine(path, 200);
	return new TransportError(
		'refused',
		`the host did not open ${name}: socket missing, no permission, or forwarding not allowed`,
		{cause: error},
	);
}

function describeLoss(error: Error | null): string {
	if (error === null) return 'the host closed the connection';
	if (error.message === 'Keepalive timeout') return 'the host stopped answering';
	const {code} = error as NodeJS.ErrnoException;
	if (code === 'ECONNRESET') return 'the connection was reset';
	return sanitiseLine(error.message, 200);
}
