/** Finds the way to a host's engine that answers a ping, and agrees with it on an API version. */
import type {Agent} from 'node:http';
import type {LadderError} from '../model/ladder-error.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {isNewer, newestKnown, parseApiVersion, parseSupportedVersion} from './api-version.ts';
import {openCommandSocket} from './command-socket.ts';
import {describeDetour, describeFailedRoutes, pingHung, type FailedRoute} from './describe-engine-trouble.ts';
import {createEngineAgent} from './engine-agent.ts';
import {createEngineClient, type EngineClient, type EngineReply} from './engine-client.ts';
import {EngineFault} from './engine-fault.ts';
import {requestsInFlight} from './engine-reader.ts';
import {listEngineRoutes, type EngineAccess, type EngineRoute} from './engine-route.ts';
import type {EngineTimings} from './engine-timings.ts';
import {asObject} from './json-shape.ts';
import {requestPatiently} from './patient-request.ts';
import {testSocket} from './test-socket.ts';

export type EngineConnection = {
	readonly client: EngineClient;
	/** Null when the engine names none: then requests go without. */
	readonly apiVersion: string | null;
	readonly via: string;
	close(): void;
};

export type ConnectEngineOptions = {
	readonly transport: Transport;
	readonly access: EngineAccess;
	readonly clock: Clock;
	readonly timings: EngineTimings;
	readonly signal: AbortSignal;
	readonly onRung: (reached: 'engine-socket' | 'ping', note?: string) => void;
	/** The engine takes the connection and does not answer; the ping stays open. */
	readonly onHung: (error: LadderError) => void;
};

/** One request of each kind (events, list, ping, details), and what an operator may have in flight beside them. */
const maxSockets = 4 + requestsInFlight;

/** Rejects with `LadderError`, or with an `EngineFault` of kind `aborted`. */
export async function connectEngine(options: ConnectEngineOptions): Promise<EngineConnection> {
	const failed: FailedRoute[] = [];
	for (const route of listEngineRoutes(options.access)) {
		const agent = openRoute(options, route);
		try {
			return await greet(options, route, agent, failed);
		} catch (error) {
			agent.destroy();
			if (!(error instanceof EngineFault) || error.kind === 'aborted' || options.signal.aborted) throw error;
			failed.push({route, fault: error, socket: await testSocket(options, route, error)});
			if (error.kind === 'timeout') break;
		}
	}
	throw describeFailedRoutes(failed, options.access);
}

function openRoute({transport, clock, timings}: ConnectEngineOptions, route: EngineRoute): Agent {
	const open =
		route.kind === 'socket'
			? () => transport.openUnixSocket(route.path)
			: () => openCommandSocket(transport, route.commandLine);
	return createEngineAgent({open, clock, maxSockets, idleSocketMs: timings.idleSocketMs});
}

async function greet(
	options: ConnectEngineOptions,
	route: EngineRoute,
	agent: Agent,
	failed: readonly FailedRoute[],
): Promise<EngineConnection> {
	const {clock, signal, timings, onRung, onHung} = options;
	const plain = createEngineClient(agent, null);
	const patience = {clock, signal, lateMs: timings.pingMs, giveUpMs: timings.giveUpMs};
	const onLate = (): void => {
		onRung('engine-socket');
		onHung(pingHung());
	};
	const reply = await requestPatiently((own) => plain.get('/_ping', {}, own), {...patience, onLate});
	onRung('engine-socket', [...failed.map(describeDetour), `used ${route.via}`].join('; '));
	onRung('ping');
	const apiVersion = await requestPatiently((own) => negotiate(plain, agent, reply, own), {
		...patience,
		giveUpMs: timings.infoMs,
	});
	return {
		client: apiVersion === null ? plain : createEngineClient(agent, apiVersion),
		apiVersion,
		via: route.via,
		close: () => agent.destroy(),
	};
}

/** Engines before API 1.25 do not say their version with a ping; `/version` does. */
async function negotiate(
	plain: EngineClient,
	agent: Agent,
	ping: EngineReply,
	signal: AbortSignal,
): Promise<string | null> {
	const offered =
		parseApiVersion(ping.headers['api-version']) ??
		parseApiVersion(asObject(await plain.getJson('/version', {}, signal))['ApiVersion']);
	if (offered === null || !isNewer(offered, newestKnown)) return offered;
	try {
		await createEngineClient(agent, newestKnown).get('/_ping', {}, signal);
	} catch (error) {
		const demanded = error instanceof EngineFault ? parseSupportedVersion(error.message) : null;
		if (demanded === null) throw error;
		return demanded;
	}
	return newestKnown;
}
