/**
 * Reads a host that gives no shell but lets its engine be spoken to: a key with `command="docker system dial-stdio"`, or
 * an account that may open sockets and run nothing. All that is not the engine's stays unknown, and says so.
 */
import {watchEngine, type EngineEvent} from '../engine/watch-engine.ts';
import type {EngineOperator} from '../model/engine-operator.ts';
import type {LadderError} from '../model/ladder-error.ts';
import type {ReadingName} from '../model/readings.ts';
import {lostTransport} from './lost-connection.ts';
import {emitEngineReading} from './read-engine.ts';
import type {ReadHostOptions} from './read-host-options.ts';
import type {Watch} from './repeat.ts';

const unread: readonly ReadingName[] = ['identity', 'vitals', 'filesystems', 'kernelLog', 'kernelCounters', 'boots'];

export type EngineOnlyReader = Watch & {
	operator(): EngineOperator | null;
	/** Why it ended: `noShell` itself when the engine does not answer either. */
	readonly ended: Promise<LadderError>;
};

export function readEngineOnly(options: ReadHostOptions, noShell: LadderError): EngineOnlyReader {
	const {host, transport, clock, signal, emit} = options;
	const given = Promise.withResolvers<LadderError>();
	const stop = new AbortController();
	const life = AbortSignal.any([signal, stop.signal]);
	const hear = createHearing(options, noShell, given.resolve);
	const access = {
		...(host.engineSocket === undefined ? {} : {socketPath: host.engineSocket}),
		dockerHost: null,
		sockets: [],
		// A forced command runs whatever is asked for; elsewhere it fails and the usual sockets are tried.
		programs: ['/usr/bin/docker'],
		sudo: 'skipped' as const,
	};
	const watch = watchEngine({
		transport,
		access,
		clock,
		signal: life,
		emit(event) {
			if (event.kind === 'rung' || event.kind === 'broken') hear(event);
			else emitEngineReading(event, emit);
		},
	});
	const closed = transport.closed.then((end) => lostTransport(end, transport.bastion));
	return {
		refresh: watch.refresh,
		operator: watch.operator,
		ended: Promise.race([given.promise, closed]).finally(() => stop.abort()),
	};
}

/** Until the engine has answered a ping there is no engine to speak of, and the missing shell is the reason to show. */
function createHearing(
	{climb, clock, emit}: ReadHostOptions,
	noShell: LadderError,
	giveUp: (reason: LadderError) => void,
): (event: EngineEvent & {kind: 'rung' | 'broken'}) => void {
	let answers = false;
	let socketNote: string | undefined;
	const begin = (): void => {
		answers = true;
		climb.goWithoutShell(noShell, clock.now());
		climb.reach('engine-socket', clock.now(), socketNote);
		const reason = {code: 'unsupported', message: 'this account gets no shell, only the engine'} as const;
		for (const name of unread) emit({kind: 'reading', name, reading: {kind: 'failed', reason, at: clock.now()}});
	};
	return (event) => {
		if (event.kind === 'broken') {
			if (answers) climb.breakAt(event.error, clock.now(), null);
			else giveUp(noShell);
			return;
		}
		if (event.reached === 'engine-socket' && !answers) {
			socketNote = event.note;
			return;
		}
		if (!answers) begin();
		climb.reach(event.reached, clock.now(), event.note);
	};
}
