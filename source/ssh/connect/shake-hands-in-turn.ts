/**
 * Bounds how many handshakes compute at a time. Only those that have something to compute count: not hosts that say
 * nothing, nor those that wait for a person.
 */
import type {Limiter} from '../../support/limiter.ts';
import {startHandshake, type HandshakeParts} from './handshake.ts';
import type {ClimbOptions} from './route.ts';
import type {SshConnection} from './ssh-connection.ts';

/** A handshake gives its turn up when the host has said nothing for this long, and goes on without one. */
const quietTurnMs = 250;

/** A host behind a proxy command that has said nothing for this long gives its place among the others there up. */
const quietProxyMs = 2000;

/** Takes a turn once the host has said its first word. Rejects as a handshake does. */
export async function shakeHandsInTurn(
	handshakes: Limiter,
	parts: HandshakeParts,
	options: ClimbOptions,
): Promise<SshConnection> {
	const {heard, goOn, connection} = startHandshake(parts, options);
	const isOver = connection.then(
		() => undefined,
		() => undefined,
	);
	await Promise.race([heard, isOver]);
	const leave = new AbortController();
	const turn = handshakes.run(async () => {
		const quiet = watchQuiet(parts);
		const person = untilPersonNeeded(parts);
		goOn();
		await Promise.race([quiet.is, person.is, isOver]);
		quiet.stop();
		person.stop();
	}, leave.signal);
	// Whoever is over while it waits for its turn leaves the queue.
	await Promise.race([turn, isOver]);
	leave.abort();
	await turn.catch(() => undefined);
	return connection;
}

/**
 * Resolves when the climb needs its place at the endpoint no more: when it is over, or waits for a person, or for a host
 * behind a proxy command that says nothing. Rejects as the climb does.
 */
export async function whileAtEndpoint(
	parts: HandshakeParts,
	climb: Promise<SshConnection>,
): Promise<{readonly climb: Promise<SshConnection>}> {
	const person = untilPersonNeeded(parts);
	// Which host a proxy command leads to cannot be seen, so all of them are one endpoint, the silent ones too.
	const quiet = parts.route.isDirect ? null : watchQuiet(parts, quietProxyMs);
	try {
		await Promise.race([person.is, climb, ...(quiet === null ? [] : [quiet.is])]);
		return {climb};
	} finally {
		person.stop();
		quiet?.stop();
	}
}

type Watched = {readonly is: Promise<void>; stop(): void};

function untilPersonNeeded({interview}: HandshakeParts): Watched {
	const {promise, resolve} = Promise.withResolvers<void>();
	const stop = interview.onWaiting((waiting) => {
		if (waiting) resolve();
	});
	return {is: promise, stop};
}

function watchQuiet({clock, route}: HandshakeParts, limitMs: number = quietTurnMs): Watched {
	const {promise, resolve} = Promise.withResolvers<void>();
	let cancel = clock.schedule(limitMs, resolve);
	const hear = (): void => {
		cancel();
		cancel = clock.schedule(limitMs, resolve);
	};
	route.stream.on('data', hear);
	return {
		is: promise,
		stop() {
			cancel();
			route.stream.off('data', hear);
		},
	};
}
