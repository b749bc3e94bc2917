/** A key that opens nothing but the engine still shows the engine. */
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import type {Host} from '../../source/model/host.ts';
import {isConnected, unclimbed, type Ladder} from '../../source/model/ladder.ts';
import type {LadderError} from '../../source/model/ladder-error.ts';
import {createLadderClimb} from '../../source/session/ladder-climb.ts';
import {readHost} from '../../source/session/read-host.ts';
import {systemClock} from '../../source/support/clock.ts';
import {startFakeEngine, type FakeEngine} from '../engine/fake-engine.ts';
import {createSocketTransport} from '../engine/socket-transport.ts';

let engine: FakeEngine;

beforeEach(async () => {
	engine = await startFakeEngine();
});

afterEach(() => engine.close());

const host: Host = {
	key: 'web-01',
	name: 'web-01',
	target: {kind: 'ssh', destination: 'web-01'},
	sources: [],
	labels: {},
	groups: [],
	sudo: 'auto',
	demo: false,
};

/** Reads a host on which every command line becomes `command`, as `command="…"` in authorized_keys does. */
function readForced(command: string) {
	const sockets = createSocketTransport({forwarding: false});
	const transport = {...sockets, exec: () => sockets.exec(command)};
	const stop = new AbortController();
	const readings = new Map<string, string>();
	const waiting = new Set<() => void>();
	let ladder: Ladder = unclimbed;
	const tell = (): void => {
		for (const check of waiting) check();
	};
	const climb = createLadderClimb((next) => {
		ladder = next;
		tell();
	});
	const emit = (event: HostEvent): void => {
		if (event.kind === 'reading') readings.set(event.name, event.reading.kind);
		tell();
	};
	const {ended} = readHost({host, transport, local: false, climb, clock: systemClock, signal: stop.signal, emit});
	return {
		ended,
		readings,
		ladder: () => ladder,
		until: (holds: () => boolean) =>
			new Promise<void>((resolve) => {
				const check = (): void => void (holds() && resolve());
				waiting.add(check);
				check();
			}),
		async lose(): Promise<LadderError> {
			sockets.lose();
			const error = await ended;
			stop.abort();
			return error;
		},
	};
}

const relayTo = (path: string): string =>
	`exec ${process.execPath} -e ${JSON.stringify(
		`const s=require('net').connect(process.argv.at(-1));process.stdin.pipe(s).pipe(process.stdout)`,
	)} ${path}`;

it('a key with a forced docker system dial-stdio shows containers, and says that there is no shell', async () => {
	const reading = readForced(relayTo(engine.path));
	await reading.until(() => reading.ladder().reached === 'info' && reading.readings.has('images'));
	expect(reading.ladder().withoutShell).toMatchObject({rung: 'shell', code: 'no-shell'});
	expect(reading.ladder().broken).toBeNull();
	expect(isConnected(reading.ladder())).toBe(true);
	expect(Object.fromEntries(reading.readings)).toMatchObject({
		containers: 'ok',
		engine: 'ok',
		identity: 'failed',
		vitals: 'failed',
		filesystems: 'failed',
		kernelLog: 'failed',
	});
	expect((await reading.lose()).code).toBe('lost');
});

it('an account that gets neither shell nor engine is one without a shell', async () => {
	const reading = readForced('echo This account is not available.; exit 1');
	const error = await reading.ended;
	expect(error).toMatchObject({rung: 'shell', code: 'no-shell'});
	expect(error.detail).toContain('This account is not available.');
	expect(reading.ladder().withoutShell).toBeUndefined();
});
