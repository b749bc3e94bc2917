/** An SSH server on loopback in this process, as strict or as broken as a test wants it. */
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import ssh2, {type AuthContext, type Connection, type ServerChannel, type ServerConfig} from 'ssh2';
import type {TestKey} from './make-key.ts';

export type SshPeerOptions = {
	readonly hostKeys: readonly TestKey[];
	readonly authorized?: readonly TestKey[];
	/** Lets everybody in who asks for `none`. */
	readonly open?: boolean;
	/** Takes a right key only as the first of two proofs. */
	readonly wantsMore?: boolean;
	/** Decides on every attempt to log in; absent: `authorized` does. */
	readonly onLogin?: (context: AuthContext, connection: Connection) => void;
	readonly ident?: string;
	readonly algorithms?: ServerConfig['algorithms'];
	/** Sessions beyond this are refused as sshd refuses them. */
	readonly maxSessions?: number;
	readonly onExec?: (command: string, channel: ServerChannel) => void;
	/** Absent: stream-local channels are refused. */
	readonly onUnixSocket?: (path: string, accept: () => ServerChannel, reject: () => void) => void;
	/** Serves direct-tcpip channels, as a jump host does. */
	readonly forwards?: boolean;
};

export type SshPeer = {
	readonly port: number;
	/** Live connections, newest last. */
	readonly connections: readonly Connection[];
	readonly sockets: readonly Socket[];
	/** Connections ever accepted. */
	accepted(): number;
	/** The most that were open, but not yet authenticated, at one time. */
	busiest(): number;
	close(): Promise<void>;
};

export async function startSshPeer(options: SshPeerOptions): Promise<SshPeer> {
	const connections: Connection[] = [];
	const sockets: Socket[] = [];
	let accepted = 0;
	let unauthenticated = 0;
	let busiest = 0;
	const server = new ssh2.Server(
		{
			hostKeys: options.hostKeys.map((key) => key.private),
			ident: options.ident ?? 'OpenSSH_9.9 peer',
			...(options.algorithms === undefined ? {} : {algorithms: options.algorithms}),
		},
		(connection) => {
			connections.push(connection);
			connection.on('close', () => connections.splice(connections.indexOf(connection), 1));
			connection.on('error', () => undefined);
			unauthenticated++;
			busiest = Math.max(busiest, unauthenticated);
			connection.once('ready', () => unauthenticated--);
			serve(connection, options);
		},
	);
	const listener = createServer({noDelay: true}, (socket) => {
		accepted++;
		sockets.push(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1));
		server.injectSocket(socket);
	});
	listener.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	return {
		port: (listener.address() as AddressInfo).port,
		connections,
		sockets,
		accepted: () => accepted,
		busiest: () => busiest,
		async close() {
			for (const socket of sockets) socket.destroy();
			listener.close();
			await once(listener, 'close');
		},
	};
}

function serve(connection: Connection, options: SshPeerOptions): void {
	connection.on('authentication', (context) => {
		if (options.onLogin !== undefined) return options.onLogin(context, connection);
		if (context.method === 'none' && options.open) return context.accept();
		if (context.method !== 'publickey') return context.reject(['publickey']);
		const key = (options.authorized ?? []).find(({wire}) => wire.equals(context.key.data));
		if (key === undefined) return context.reject(['publickey']);
		if (context.signature === undefined) return context.accept();
		const parsed = ssh2.utils.parseKey(key.public);
		if (parsed instanceof Error) return context.reject();
		const proven = parsed.verify(context.blob!, context.signature, context.hashAlgo);
		if (proven === true && options.wantsMore) return context.reject(['keyboard-interactive'], true);
		return proven === true ? context.accept() : context.reject();
	});
	let sessions = 0;
	connection.on('ready', () => {
		connection.on('session', (accept, reject) => {
			if (sessions >= (options.maxSessions ?? 10)) return void reject();
			sessions++;
			const session = accept();
			session.on('close', () => sessions--);
			session.on('exec', (acceptExec, _reject, {command}) => options.onExec?.(command, acceptExec()));
		});
		connection.on('openssh.streamlocal' as 'tcpip', (accept, reject, info) => {
			const {socketPath} = info as unknown as {socketPath: string};
			if (options.onUnixSocket === undefined) reject();
			else options.onUnixSocket(socketPath, accept, reject);
		});
		connection.on('tcpip', (accept, reject, {destIP, destPort}) => {
			if (!options.forwards) return void reject();
			const socket = connect({host: destIP, port: destPort, noDelay: true});
			socket.on('error', () => reject());
			socket.on('connect', () => join(accept(), socket));
		});
	});
}

function join(one: Duplex, other: Duplex): void {
	one.pipe(other).pipe(one);
	one.on('close', () => other.destroy());
	other.on('close', () => one.end());
	for (const side of [one, other]) side.on('error', () => undefined);
}
