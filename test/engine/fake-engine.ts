/** An Engine API on a real Unix socket, whose every answer the test can replace or withhold. */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export type FakeEngine = {
	readonly path: string;
	/** Paths asked so far, without version and query. */
	readonly asked: string[];
	/** The same with both. */
	readonly urls: string[];
	/** Answers by path, e.g. `/containers/json`; may be replaced at any time. */
	readonly answers: Record<string, Answer>;
	readonly headers: Record<string, string>;
	/** Sends one event to every open stream. */
	send(event: object): void;
	/** Number of requests of this path that were never answered. */
	hanging(path: string): number;
	/** The most requests of this path that were open at one time. */
	busiest(path: string): number;
	/** Requests open now, event streams aside. */
	pending(): number;
	connections(): Promise<number>;
	close(): Promise<void>;
};

export const fixture = (name: string): string =>
	readFileSync(new URL(`fixtures/docker-20.10-${name}`, import.meta.url), 'utf8');

export const json =
	(text: string, statusCode = 200): Answer =>
	(_request, response) => {
		response.writeHead(statusCode, {'content-type': 'application/json'});
		response.end(text);
	};

/** Takes the request and never answers. */
export const hang: Answer = () => {};

export async function startFakeEngine(): Promise<FakeEngine> {
	const folder = mkdtempSync(join(tmpdir(), 'sickbay-engine-'));
	const path = join(folder, 'docker.sock');
	const asked: string[] = [];
	const urls: string[] = [];
	const streams = new Set<ServerResponse>();
	const open = new Map<ServerResponse, string>();
	const most = new Map<string, number>();
	const countOpen = (name: string): number => [...open.values()].filter((value) => value === name).length;
	const headers: Record<string, string> = {'Api-Version': '1.41', Server: 'Docker/20.10.24 (linux)'};
	const answers: Record<string, Answer> = {
		'/_ping': (_request, response) => response.end('OK'),
		'/version': json(fixture('version.json')),
		'/info': json(fixture('info.json')),
		'/containers/json': json(fixture('containers.json')),
		'/images/json': json(fixture('images.json')),
		'/events': (_request, response) => {
			response.flushHeaders();
			streams.add(response);
		},
	};
	const server = createServer((request, response) => {
		const url = request.url ?? '';
		const name = url.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');
		asked.push(name);
		urls.push(url);
		open.set(response, name);
		most.set(name, Math.max(most.get(name) ?? 0, countOpen(name)));
		response.on('close', () => open.delete(response));
		for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
		(answers[name] ?? json('{"message":"page not found"}', 404))(request, response);
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	return {
		path,
		asked,
		urls,
		answers,
		headers,
		send(event) {
			for (const stream of streams) stream.write(`${JSON.stringify(event)}\n`);
		},
		hanging: countOpen,
		busiest: (name) => most.get(name) ?? 0,
		pending: () => open.size - countOpen('/events'),
		connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
				rmSync(folder, {recursive: true, force: true});
			}),
	};
}
