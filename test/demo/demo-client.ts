/** A plain ssh2 client for the demo fleet: what a member answers, without any of Sickbay's own connection code. */
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {Agent, request, type IncomingMessage} from 'node:http';
import {connect} from 'node:net';
import type {Duplex} from 'node:stream';
import ssh2, {type Client, type ClientChannel} from 'ssh2';
import {createOpenSshKey} from '../../source/demo/openssh-key.ts';
import type {DemoFleet} from '../../source/demo/start-demo-fleet.ts';
import {endMark, sectionMark} from '../../source/model/probe-protocol.ts';

export type DemoClient = {
	readonly client: Client;
	run(command: string, input?: string): Promise<{code: number | null; stdout: string; stderr: string}>;
	open(command: string): Promise<ClientChannel>;
	ask(request: string): Promise<ReadonlyMap<string, string>>;
	get<Body = Readonly<Record<string, unknown>>>(
		path: string,
	): Promise<{status: number; headers: IncomingMessage['headers']; body: Body}>;
	/** Sends the request and hands the response over as soon as its head is there. */
	begin(path: string): Promise<IncomingMessage>;
	close(): Promise<void>;
};

/** Checks the host key against the fleet's known_hosts, as `ssh` would; rejects with ssh2's error. */
export async function connectTo(
	fleet: DemoFleet,
	name: string,
	options: {readonly strangersKey?: boolean; readonly readyTimeoutMs?: number} = {},
): Promise<DemoClient> {
	const target = await fleet.resolve({kind: 'ssh', destination: name});
	const known = await readFile(target.userKnownHostsFiles[0]!, 'utf8');
	const privateKey =
		options.strangersKey === true ? createOpenSshKey('x').privateText : await readFile(target.identityFiles[0]!);
	const client = new ssh2.Client();
	const ready = new Promise<void>((resolve, reject) => {
		client.on('ready', resolve).on('error', reject);
	});
	// Without noDelay every round trip costs 40 ms.
	const sock = connect({host: target.hostname, port: target.port, noDelay: true});
	await once(sock, 'connect');
	client.connect({
		sock,
		username: target.user,
		privateKey,
		readyTimeout: options.readyTimeoutMs ?? 10_000,
		hostVerifier: (key: Buffer) =>
			known.includes(`[${target.hostname}]:${target.port} ssh-ed25519 ${key.toString('base64')}\n`),
	});
	await ready;
	return createClient(client);
}

function createClient(client: Client): DemoClient {
	const closed = new Promise<void>((resolve) => client.on('close', () => resolve()));
	const open = (command: string): Promise<ClientChannel> =>
		new Promise((resolve, reject) => {
			client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
		});
	// Listeners are there before the callback returns: a short command's end can come in the same packet as its start.
	const run: DemoClient['run'] = (command, input = '') =>
		new Promise((resolve, reject) => {
			client.exec(command, (error, channel) => {
				if (error) {
					reject(error);
					return;
				}
				let code: number | null = null;
				channel.once('exit', (exitCode: number | null) => (code = exitCode));
				const texts = Promise.all([collect(channel), collect(channel.stderr as unknown as Duplex)]);
				channel.once('close', () => {
					texts.then(([stdout, stderr]) => resolve({code, stdout, stderr}), reject);
				});
				channel.end(input);
			});
		});
	const begin: DemoClient['begin'] = async (path) => {
		const socket = await new Promise<Duplex>((resolve, reject) => {
			client.openssh_forwardOutStreamLocal('/var/run/docker.sock', (error, channel) =>
				error ? reject(error) : resolve(channel),
			);
		});
		const agent = new Agent();
		agent.createConnection = () => socket;
		const call = request({path, agent, host: 'docker'}).end();
		const [response] = (await once(call, 'response')) as [IncomingMessage];
		call.on('error', () => {});
		response.on('error', () => {});
		return response;
	};
	return {
		client,
		open,
		run,
		begin,
		async ask(line) {
			const {stdout} = await run(`exec sh -c 'while read -r line; do :; done' sickbay-probe`, `${line}\n`);
			return parseAnswer(stdout, line.split('\t')[0]!);
		},
		async get<Body>(path: string) {
			const response = await begin(path);
			const text = await collect(response);
			const body = (/json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : text) as Body;
			return {status: response.statusCode!, headers: response.headers, body};
		},
		async close() {
			client.end();
			await closed;
		},
	};
}

async function collect(stream: AsyncIterable<unknown>): Promise<string> {
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	return text;
}

function parseAnswer(text: string, name: string): ReadonlyMap<string, string> {
	const end = `${endMark}${name}\n`;
	if (!text.endsWith(end)) throw new Error(`no end mark in ${JSON.stringify(text)}`);
	const sections = text.slice(0, -end.length).split(sectionMark).slice(1);
	return new Map(
		sections.map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)]),
	);
}

/** Lines of a stream until one matches, that one included. */
export async function linesUntil(stream: AsyncIterable<unknown>, wanted: RegExp): Promise<string[]> {
	let text = '';
	for await (const chunk of stream) {
		text += String(chunk);
		const lines = text.split('\n');
		const found = lines.findIndex((line) => wanted.test(line));
		if (found !== -1 && found < lines.length - 1) return lines.slice(0, found + 1);
	}
	throw new Error(`the stream ended without ${wanted}`);
}
