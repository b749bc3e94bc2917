/** The simulated Engine API of one demo host: a real HTTP server that never listens; channels are handed to it. */
import {createServer, type Server, type ServerResponse} from 'node:http';
import {answerRemoval} from './answer-removal.ts';
import {containerDocument, inspectDocument} from './container-documents.ts';
import type {DemoHost} from './demo-host.ts';
import {diskUsageDocument, volumesDocument} from './disk-documents.ts';
import {infoDocument, minorOf, versionDocument} from './engine-documents.ts';
import {accepts, parseFilters, streamEvents} from './engine-events.ts';
import {imageDocuments, imageHistory, imageInspection} from './image-documents.ts';

type EngineCall = {
	readonly host: DemoHost;
	readonly path: string;
	readonly query: URLSearchParams;
	/** Minor number of the API version asked for, or the engine's own. */
	readonly apiVersion: number;
	readonly response: ServerResponse;
};

export function createEngineServer(host: DemoHost): Server {
	const server = createServer({keepAliveTimeout: 0}, (request, response) => {
		request.resume();
		const url = new URL(request.url ?? '/', 'http://docker');
		const [, version, path] = /^(?:\/v(\d+\.\d+))?(\/.*)$/.exec(url.pathname) ?? [];
		addEngineHeaders(host, response);
		const refusal = version === undefined ? null : refuseVersion(host, version);
		if (refusal !== null) {
			answer(response, 400, {message: refusal});
			return;
		}
		const apiVersion = minorOf(version ?? host.plan.engine.apiVersion);
		const method = request.method ?? 'GET';
		if (method !== 'GET' && method !== 'HEAD') {
			const removal = answerRemoval(host, method, path ?? '/', url.searchParams);
			answer(response, removal?.status ?? 404, removal === null ? {message: 'page not found'} : removal.document);
			return;
		}
		route({host, path: path ?? '/', query: url.searchParams, apiVersion, response});
	});
	// A client that vanishes in the middle of an answer is the client's business.
	server.on('clientError', (_error, socket) => socket.destroy());
	return server;
}

function route(call: EngineCall): void {
	const {host, path, query, apiVersion, response} = call;
	const container = /^\/containers\/([^/]+)\/json$/.exec(path)?.[1];
	if (path === '/_ping') {
		response.writeHead(200, {'Content-Type': 'text/plain; charset=utf-8'}).end('OK');
	} else if (path === '/version') {
		answer(response, 200, versionDocument(host));
	} else if (path === '/info') {
		answer(response, 200, infoDocument(host));
	} else if (path === '/containers/json' || container !== undefined) {
		// A hung engine takes the request and never answers.
		if (host.plan.engineFault !== 'list-hangs') answerContainers(call, container);
	} else if (path === '/images/json') {
		answer(response, 200, imageDocuments(host, apiVersion, isTrue(query.get('shared-size'))));
	} else if (path === '/system/df' && apiVersion >= 25) {
		answerDiskUsage(call);
	} else if (path === '/volumes') {
		answer(response, 200, volumesDocument(host));
	} else if (path.startsWith('/images/')) {
		answerImage(call);
	} else if (path === '/events') {
		streamEvents(host, query, response);
	} else {
		answer(response, 404, {message: 'page not found'});
	}
}

/** A slow report is still on its way when the client has long gone. */
function answerDiskUsage({host, query, apiVersion, response}: EngineCall): void {
	const types = query.has('type') ? query.getAll('type') : null;
	const reply = (): void => answer(response, 200, diskUsageDocument(host, apiVersion, types, query.get('verbose')));
	if (host.plan.diskUsageMs === undefined) reply();
	else host.clock.schedule(host.plan.diskUsageMs, reply);
}

function answerImage({host, path, response}: EngineCall): void {
	const [, reference = '', what] = /^\/images\/(.+)\/(json|history)$/.exec(decodeURIComponent(path)) ?? [];
	const image = host.disk.images.find(reference);
	if (image === undefined)
		answer(response, 404, {message: what === undefined ? 'page not found' : `No such image: ${reference}`});
	else answer(response, 200, what === 'json' ? imageInspection(image) : imageHistory(image));
}

function answerContainers({host, query, response}: EngineCall, reference: string | undefined): void {
	const now = host.clock.now();
	if (reference !== undefined) {
		const found = host.ward.find(decodeURIComponent(reference));
		if (found === undefined) answer(response, 404, {message: `No such container: ${reference}`});
		else answer(response, 200, inspectDocument(found));
		return;
	}
	const filters = parseFilters(query.get('filters'));
	const everything = isTrue(query.get('all')) || filters.has('status');
	const listed = host.ward
		.list()
		.filter(({id, state}) => (everything || state === 'running') && accepts(filters.get('id'), id))
		.filter(({state}) => accepts(filters.get('status'), state));
	answer(
		response,
		200,
		listed.map((container) => containerDocument(container, now, host.disk, isTrue(query.get('size')))),
	);
}

/** Engines told their API version in a header since 1.13; 1.12 only in `/version`. */
function addEngineHeaders({plan}: DemoHost, response: ServerResponse): void {
	const {version, apiVersion, minApiVersion} = plan.engine;
	response.setHeader('Server', `Docker/${version} (linux)`);
	if (minApiVersion === null) return;
	response.setHeader('Api-Version', apiVersion);
	response.setHeader('Docker-Experimental', 'false');
	response.setHeader('Ostype', 'linux');
}

/** The words of moby's version middleware. */
function refuseVersion({plan}: DemoHost, version: string): string | null {
	const {apiVersion, minApiVersion} = plan.engine;
	if (minorOf(version) > minorOf(apiVersion)) {
		return minApiVersion === null
			? `client is newer than server (client API version: ${version}, server API version: ${apiVersion})`
			: `client version ${version} is too new. Maximum supported API version is ${apiVersion}`;
	}
	if (minorOf(version) < minorOf(minApiVersion ?? '1.12')) {
		return `client version ${version} is too old. Minimum supported API version is ${minApiVersion ?? '1.12'}, please upgrade your client to a newer version`;
	}
	return null;
}

/** Null for an answer without a body. */
function answer(response: ServerResponse, status: number, document: object | null): void {
	if (document === null) {
		response.writeHead(status).end();
		return;
	}
	const body = Buffer.from(`${JSON.stringify(document)}\n`);
	response.writeHead(status, {'Content-Type': 'application/json', 'Content-Length': body.length}).end(body);
}

function isTrue(value: string | null): boolean {
	return value !== null && !['', '0', 'no', 'false', 'none'].includes(value.toLowerCase());
}
