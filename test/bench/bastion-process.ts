/**
 * A jump host in a process of its own: `node bastion-process.ts PORT KEYFILE`. Lets everybody in who has a key, forwards
 * to ports of loopback, and writes a line for each connection (`connection`), login (`login`) and forward (`forward`).
 */
import {readFileSync} from 'node:fs';
import {connect, createServer, type AddressInfo} from 'node:net';
import ssh2, {type Connection, type ServerChannel} from 'ssh2';

const [port = '0', keyFile = ''] = process.argv.slice(2);
const say = (word: string): void => void process.stdout.write(`${word}\n`);

const server = new ssh2.Server({hostKeys: [readFileSync(keyFile)], ident: 'OpenSSH_9.9 bastion'}, (connection) => {
	connection.on('error', () => undefined);
	connection.on('authentication', (context) => {
		if (context.method === 'publickey') context.accept();
		else context.reject(['publickey']);
	});
	connection.once('ready', () => {
		say('login');
		forward(connection);
	});
});

function forward(connection: Connection): void {
	connection.on('tcpip', (accept, reject, {destIP, destPort}) => {
		say('forward');
		const socket = connect({host: destIP, port: destPort, noDelay: true});
		let channel: ServerChannel | null = null;
		socket.on('connect', () => {
			channel = accept();
			channel.on('error', () => socket.destroy());
			channel.on('close', () => socket.destroy());
			channel.pipe(socket).pipe(channel);
		});
		socket.on('error', () => (channel === null ? reject() : channel.end()));
	});
}

const listener = createServer({noDelay: true}, (socket) => {
	say('connection');
	socket.on('error', () => undefined);
	server.injectSocket(socket);
});
listener.listen(Number(port), '127.0.0.1', () => say(`ready ${(listener.address() as AddressInfo).port}`));
process.stdin.resume().on('end', () => process.exit(0));
