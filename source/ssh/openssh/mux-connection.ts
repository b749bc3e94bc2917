/**
 * Opens channels through a control master in proxy mode (OpenSSH's PROTOCOL.mux, section 11; since OpenSSH 7.4): no
 * process and no local socket per command or engine connection, and the host's own reason where one is refused.
 */
import {connect, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import type {ChannelCallback, ChannelOpener} from '../channels/channel-opener.ts';
import {MuxChannel, type ChannelRequest} from './mux-channel.ts';
import {
	createPacketSplitter,
	encodeChannelPacket,
	encodeMuxPacket,
	muxMessages,
	muxVersion,
	PacketReader,
} from './mux-packets.ts';

type MuxOpener = ChannelOpener & {
	/** A TCP connection from the host on. */
	forwardTcp(hostname: string, port: number, answered: (error: Error | undefined, channel: Duplex) => void): void;
};

/**
 * One connection to the master for all channels, for as long as the master lives: a master whose proxy leaves behind a
 * channel that was refused ends itself (OpenSSH 9.2).
 */
export type MuxConnection = MuxOpener & {
	/** Resolves when the master is gone; never rejects. */
	readonly closed: Promise<void>;
	close(): void;
};

/** Rejects when there is no master at the path, or one that does not know the proxy mode. */
export function openMuxConnection(controlPath: string): Promise<MuxConnection> {
	return new Promise((resolve, reject) => {
		const socket = connect(controlPath);
		const channels = new Map<number, MuxChannel>();
		const split = createPacketSplitter();
		let isProxy = false;
		const take = (packet: Buffer): void => {
			const reader = new PacketReader(packet);
			if (isProxy) {
				dispatch(reader, channels);
				return;
			}
			const message = reader.number();
			if (message === muxMessages.hello) return;
			if (message !== muxMessages.proxyAccepted) throw new RangeError('the control master has no proxy mode');
			isProxy = true;
			resolve(describe());
		};
		socket.on('error', reject);
		socket.on('data', (chunk: Buffer) => {
			try {
				for (const packet of split(chunk)) take(packet);
			} catch (error) {
				reject(error as Error);
				socket.destroy();
			}
		});
		const closed = new Promise<void>((gone) => {
			socket.once('close', () => {
				reject(new Error('the control master went away'));
				for (const channel of channels.values()) channel.finish();
				gone();
			});
		});
		const describe = (): MuxConnection => ({
			...createOpener(socket, channels),
			closed,
			close: () => void socket.destroy(),
		});
		socket.write(encodeMuxPacket([muxMessages.hello, muxVersion]));
		socket.write(encodeMuxPacket([muxMessages.proxy, 0]));
	});
}

/** Type, then the number of the channel on this side; channels that sshd opens itself are none of ours. */
function dispatch(reader: PacketReader, channels: ReadonlyMap<number, MuxChannel>): void {
	reader.byte();
	const type = reader.byte();
	channels.get(reader.number())?.handle(type, reader);
}

function createOpener(socket: Socket, channels: Map<number, MuxChannel>): MuxOpener {
	let nextId = 0;
	const open = (request: ChannelRequest, callback: ChannelCallback): void => {
		if (!socket.writable) throw new Error('Not connected');
		const id = nextId++;
		const wire = {
			id,
			send(type: number, fields: Parameters<typeof encodeChannelPacket>[1], written?: () => void): void {
				if (socket.writable) socket.write(encodeChannelPacket(type, fields), written);
				else written?.();
			},
			release: () => void channels.delete(id),
		};
		const channel: MuxChannel = new MuxChannel(wire, request, (error) => callback(error, channel));
		channels.set(id, channel);
	};
	return {
		exec: (commandLine, callback) => open({kind: 'command', commandLine}, callback),
		openssh_forwardOutStreamLocal: (path, callback) => open({kind: 'unix-socket', path}, callback),
		forwardTcp: (hostname, port, answered) => open({kind: 'tcp', hostname, port}, answered),
	};
}
