/**
 * Asks an engine over one route. Every answer is bounded in bytes and every failure is an `EngineFault`; docker-modem
 * alone would keep any amount of answer in memory.
 */
import type {Agent, IncomingHttpHeaders, IncomingMessage} from 'node:http';
import Docker from 'dockerode';
import {sanitiseLine} from '../support/sanitise.ts';
import {classifyRequestError} from './classify-request-error.ts';
import {EngineFault} from './engine-fault.ts';

export type EngineQuery = Readonly<Record<string, string | number>>;

export type EngineReply = {readonly body: string; readonly headers: IncomingHttpHeaders};

/** What an engine answered to a change; `body` is null when it broke off, `message` is why the engine refused. */
export type ChangeReply = {readonly statusCode: number; readonly body: string | null; readonly message: string};

export type EngineClient = {
	/** Body of a successful answer; rejects with `EngineFault`. */
	get(path: string, query: EngineQuery, signal: AbortSignal): Promise<EngineReply>;
	/** As `get`, parsed as JSON. */
	getJson(path: string, query: EngineQuery, signal: AbortSignal): Promise<unknown>;
	/** The open body of a successful answer; the caller reads it bounded. */
	stream(path: string, query: EngineQuery, signal: AbortSignal): Promise<IncomingMessage>;
	/**
	 * One request that changes something, sent once, whatever comes of it. Every status is an answer; rejects with
	 * `EngineFault` when none came.
	 */
	change(method: 'DELETE' | 'POST', path: string, query: EngineQuery, signal: AbortSignal): Promise<ChangeReply>;
};

/** The part of docker-modem used here; dockerode declares it as `any`. */
type Modem = {
	dial(
		request: {
			readonly path: string;
			readonly method: 'GET' | 'DELETE' | 'POST';
			readonly isStream: true;
			readonly statusCodes: Readonly<Record<number, boolean>>;
			readonly abortSignal: AbortSignal;
			/** With `_query` the query is separate from the body; an empty body is not sent. */
			readonly options?: EngineQuery | {readonly _query: EngineQuery; readonly _body: object};
		},
		callback: (error: Error | null, result: IncomingMessage) => void,
	): void;
};

const bodyLimitBytes = 32 * 1024 * 1024;
const errorBodyLimitBytes = 16 * 1024;

/** All of them count as success for docker-modem: what an error says is read here, bounded. */
const anyStatus = Object.fromEntries(Array.from({length: 500}, (_, index) => [100 + index, true]));

/** `version` such as `1.41` prefixes every path; null asks without one, as `_ping` must be. */
export function createEngineClient(agent: Agent, version: string | null): EngineClient {
	const docker = createDocker(agent, version);
	const modem = docker.modem as Modem;

	const request = async (
		method: 'GET' | 'DELETE' | 'POST',
		path: string,
		query: EngineQuery,
		signal: AbortSignal,
	): Promise<IncomingMessage> => {
		if (signal.aborted) throw new EngineFault('aborted', 'not asked any more');
		return new Promise<IncomingMessage>((resolve, reject) => {
			const options = Object.keys(query).length === 0 ? {} : {options: {_query: {...query}, _body: {}}};
			modem.dial(
				{path: `${path}?`, method, isStream: true, statusCodes: anyStatus, abortSignal: signal, ...options},
				(error, result) => (error ? reject(classifyRequestError(error)) : resolve(result)),
			);
		});
	};

	const stream = async (path: string, query: EngineQuery, signal: AbortSignal): Promise<IncomingMessage> => {
		const response = await request('GET', path, query, signal);
		const statusCode = response.statusCode ?? 0;
		if (statusCode >= 200 && statusCode < 300) return response;
		const message = parseErrorMessage(await readBody(response, errorBodyLimitBytes));
		throw new EngineFault('http', `HTTP ${statusCode}: ${message}`, {statusCode});
	};

	const get = async (path: string, query: EngineQuery, signal: AbortSignal): Promise<EngineReply> => {
		const response = await stream(path, query, signal);
		return {body: await readBody(response, bodyLimitBytes), headers: response.headers};
	};

	return {
		get,
		stream,
		async change(method, path, query, signal) {
			const response = await request(method, path, query, signal);
			const statusCode = response.statusCode ?? 0;
			const isDone = statusCode >= 200 && statusCode < 300;
			const body = await readBody(response, isDone ? bodyLimitBytes : errorBodyLimitBytes).catch(() => null);
			return {statusCode, body, message: isDone ? '' : parseErrorMessage(body ?? '')};
		},
		async getJson(path, query, signal) {
			const {body} = await get(path, query, signal);
			try {
				return JSON.parse(body);
			} catch (error) {
				throw new EngineFault('malformed', `the answer to ${path} is not JSON`, {cause: error});
			}
		},
	};
}

/** docker-modem reads this machine's DOCKER_* variables, and the certificates they name, even when told where to go. */
function createDocker(agent: Agent, version: string | null): Docker {
	// The agent connects; the path, where nothing is, keeps it off this machine's own socket. A host instead of it would
	// be taken apart and put together as a URL several times per request.
	const connection = {host: undefined, socketPath: '/nowhere', protocol: 'http' as const, agent};
	try {
		return new Docker(version === null ? connection : {...connection, version: `v${version}`});
	} catch (error) {
		const message = `DOCKER_HOST or DOCKER_CERT_PATH of this machine cannot be used: ${sanitiseLine(String(error), 200)}`;
		throw new EngineFault('malformed', message, {cause: error});
	}
}

/** Rejects with `EngineFault` `malformed` when the body is longer, `lost` when it breaks off. */
async function readBody(response: IncomingMessage, limitBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of response as AsyncIterable<Buffer>) {
			length += chunk.length;
			if (length > limitBytes) throw new EngineFault('malformed', `the answer is longer than ${limitBytes} bytes`);
			chunks.push(chunk);
		}
	} catch (error) {
		throw error instanceof EngineFault ? error : classifyRequestError(error as Error);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** Engines answer errors as `{"message": …}`, Podman also with `cause`, old ones as plain text. */
function parseErrorMessage(body: string): string {
	try {
		const parsed: unknown = JSON.parse(body);
		if (typeof parsed === 'object' && parsed !== null && 'message' in parsed)
			return sanitiseLine(String(parsed.message), 300);
	} catch {
		// Plain text is as good.
	}
	return sanitiseLine(body.trim(), 300);
}
