/** Watches the engine of one connected host and turns what it says into rungs and readings. */
import type {HostFacts} from '../collectors/hello.ts';
import {watchEngine, type EngineAccess, type EngineEvent} from '../engine/watch-engine.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {EngineOperator} from '../model/engine-operator.ts';
import type {Host} from '../model/host.ts';
import type {EngineInfo} from '../model/readings.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {createEngineBlame} from './blame-engine.ts';
import type {LadderClimb} from './ladder-climb.ts';
import type {Watch} from './repeat.ts';

export type ReadEngineOptions = {
	readonly host: Host;
	readonly transport: Transport;
	readonly climb: LadderClimb;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};

export type EngineListeners = {
	/** Asks the host's shell for an answer, now. */
	readonly askHost: () => void;
	readonly onInfo: (info: EngineInfo) => void;
};

export type EngineReader = Watch & {
	/** Null while there is no connection to the engine. */
	operator(): EngineOperator | null;
	/** The host's shell has just answered. */
	hostAnswered(): void;
};

export function readEngine(options: ReadEngineOptions, facts: HostFacts, listeners: EngineListeners): EngineReader {
	const {host, transport, climb, clock, signal, emit} = options;
	const blame = createEngineBlame({
		askHost: listeners.askHost,
		onReached: (rung, note) => climb.reach(rung, clock.now(), note),
		onBroken: (error) => climb.breakAt(error, clock.now(), null),
	});
	const forward = (event: EngineEvent): void => {
		if (event.kind === 'rung' || event.kind === 'broken') {
			blame.hear(event);
			return;
		}
		if (event.kind === 'engine' && event.reading.kind === 'ok') listeners.onInfo(event.reading.value);
		emitEngineReading(event, emit);
	};
	const watch = watchEngine({transport, access: accessTo(host, facts), clock, signal, emit: forward});
	return {refresh: watch.refresh, operator: watch.operator, hostAnswered: blame.hostAnswered};
}

export function emitEngineReading(
	event: EngineEvent & {kind: 'engine' | 'containers' | 'images'},
	emit: (event: HostEvent) => void,
): void {
	switch (event.kind) {
		case 'engine':
			emit({kind: 'reading', name: 'engine', reading: event.reading});
			return;
		case 'containers':
			emit({kind: 'reading', name: 'containers', reading: event.reading});
			return;
		case 'images':
			emit({kind: 'reading', name: 'images', reading: event.reading});
	}
}

function accessTo(host: Host, facts: HostFacts): EngineAccess {
	return {
		...(host.engineSocket === undefined ? {} : {socketPath: host.engineSocket}),
		dockerHost: facts.dockerHost,
		sockets: facts.engineSockets,
		programs: facts.enginePrograms,
		sudo: facts.sudo,
	};
}
