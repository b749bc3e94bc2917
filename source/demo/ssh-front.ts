/** The SSH server of one demo host: one key may log in, a few commands exist, the engine's socket can be reached. */
import type {Server as HttpServer} from 'node:http';
import type {Socket} from 'node:net';
import ssh2, {type AuthContext, type Connection, type ParsedKey, type ServerChannel, type Session} from 'ssh2';
import {answerBoots} from './answer-boots.ts';
import {diskText} from './answer-disk.ts';
import {answerKernelLog} from './answer-kernel-log.ts';
import {answerProbe} from './answer-probe.ts';
import type {DemoHost} from './demo-host.ts';
import {createEngineServer} from './engine-server.ts';
import {engineSocket, unameText} from './host-texts.ts';
import {parseCommand} from './parse-command.ts';

export type SshFront = {
	/** Takes a connection over. */
	receive(socket: Socket): void;
};

/** Runs one command line: the channel is its input and output; it ends with `exit` and the end of the channel. */
export type RunCommand = (commandLine: string, channel: ServerChannel) => void;

/** `hostKey` is an OpenSSH private key file's text, `authorizedKey` an `authorized_keys` line. */
export function createSshFront(
	host: DemoHost,
	hostKey: string,
	authorizedKey: string,
	runUnknownCommand: RunCommand = refuseCommand,
): SshFront {
	const allowed = parsePublicKey(authorizedKey);
	const engine = createEngineServer(host);
	const server = new ssh2.Server({hostKeys: [hostKey], ident: 'OpenSSH_9.9 sickbay-demo'}, (connection) => {
		// A second error may follow the first, long after; without a listener it would end the program.
		connection.on('error', () => {});
		connection.on('authentication', (context) => authenticate(context, allowed));
		connection.once('ready', () => serve(connection, host, engine, runUnknownCommand));
	});
	return {receive: (socket) => server.injectSocket(socket)};
}

function parsePublicKey(line: string): ParsedKey {
	const parsed = ssh2.utils.parseKey(line);
	if (parsed instanceof Error) throw parsed;
	return parsed;
}

function authenticate(context: AuthContext, allowed: ParsedKey): void {
	if (context.method !== 'publickey' || !context.key.data.equals(allowed.getPublicSSH())) {
		context.reject(['publickey']);
		return;
	}
	const {signature, blob, hashAlgo} = context;
	// Without a signature the client only asks whether the key would do.
	const proven = signature === undefined || (blob !== undefined && allowed.verify(blob, signature, hashAlgo) === true);
	if (proven) context.accept();
	else context.reject(['publickey']);
}

function serve(connection: Connection, host: DemoHost, engine: HttpServer, runUnknownCommand: RunCommand): void {
	connection.on('session', (accept) => {
		const session: Session = accept();
		session.on('exec', (acceptExec, _reject, {command}) => runCommand(acceptExec(), host, command, runUnknownCommand));
	});
	connection.on('openssh.streamlocal', (accept, reject, {socketPath}) => {
		if (host.plan.engineFault === 'down' || !isEngineSocket(socketPath)) {
			reject();
			return;
		}
		const channel = accept();
		channel.on('error', () => {});
		engine.emit('connection', channel);
	});
}

function isEngineSocket(path: string): boolean {
	return path === engineSocket || path === engineSocket.replace('/var/', '/');
}

function runCommand(channel: ServerChannel, host: DemoHost, commandLine: string, runUnknown: RunCommand): void {
	channel.on('error', () => {});
	const command = parseCommand(commandLine);
	switch (command.kind) {
		case 'probe':
			answerProbe(channel, host);
			return;
		case 'kernel-log':
			answerKernelLog(channel, host, command.methods);
			return;
		case 'boots':
			answerBoots(channel, host);
			return;
		case 'disk':
			answerDisk(channel, diskText(host, command.policy, command.question, command.paths));
			return;
		case 'uname':
			channel.write(unameText(host));
			finish(channel, 0);
			return;
		case 'unknown':
			runUnknown(commandLine, channel);
	}
}

function answerDisk(channel: ServerChannel, text: string | null): void {
	if (text === null) channel.stderr.write('sudo: a password is required\n');
	else channel.write(text);
	finish(channel, text === null ? 1 : 0);
}

function refuseCommand(commandLine: string, channel: ServerChannel): void {
	channel.stderr.write(`sh: 1: ${commandLine.trim().split(/\s+/)[0]}: not found\n`);
	finish(channel, 127);
}

function finish(channel: ServerChannel, code: number): void {
	channel.resume();
	channel.exit(code);
	channel.end();
}
