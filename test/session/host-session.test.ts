import {describe, expect, test} from 'vitest';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import {LadderError, type RetryPolicy} from '../../source/model/ladder-error.ts';
import type {Ladder} from '../../source/model/ladder.ts';
import {createBastionVigils} from '../../source/session/bastion-vigil.ts';
import {startHostSession} from '../../source/session/host-session.ts';
import type {Reached, ReachRequest} from '../../source/session/reach-host.ts';
import {createFakeClock} from '../fake-clock.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';
import {idle} from './idle.ts';
import {createScriptedHost, type ScriptedHost} from './scripted-host.ts';
import {untilGivenUp} from './until-given-up.ts';

type Outcome = LadderError | Error | Reached | 'never answers';

const refused = (retry: RetryPolicy): LadderError =>
	new LadderError({rung: 'tcp', code: 'connection-refused', summary: 'refused', advice: 'Look at it.', retry});

const open = ({transport}: ScriptedHost): Reached => ({kind: 'open', transport, address: 'ops@10.0.0.1', local: false});

/** A host whose attempts end as told, the last outcome again and again. */
function session(...outcomes: readonly Outcome[]) {
	const clock = createFakeClock();
	const stop = new AbortController();
	const events: HostEvent[] = [];
	let attempts = 0;
	const reach = ({signal, onRung}: ReachRequest): Promise<Reached> => {
		const outcome = outcomes[Math.min(attempts++, outcomes.length - 1)];
		onRung('resolve');
		if (outcome instanceof Error) return Promise.reject(outcome);
		if (typeof outcome === 'object') return Promise.resolve(outcome);
		return untilGivenUp(signal);
	};
	const running = startHostSession({
		host: sampleHostDeclaration(),
		reach,
		claim: () => null,
		vigil: createBastionVigils(clock)(),
		watchStop: () => () => undefined,
		clock,
		signal: stop.signal,
		emit: (event) => events.push(event),
	});
	const readings = (name: string) => events.filter((event) => event.kind === 'reading' && event.name === name);
	return {
		clock,
		stop,
		events,
		readings,
		...running,
		attempts: () => attempts,
		ladder: (): Ladder | undefined => events.findLast((event) => event.kind === 'ladder-changed')?.ladder,
		async advance(milliseconds: number) {
			clock.advance(milliseconds);
			await idle();
		},
	};
}

describe('a host that cannot be reached', () => {
	test('is tried again later and later, at the time its row says', async () => {
		const host = session(refused('soon'));
		const steps = [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000];
		for (const [index, stepMs] of steps.entries()) {
			await idle();
			expect(host.attempts()).toBe(index + 1);
			const delayMs = host.clock.nextInMs() ?? 0;
			expect(delayMs).toBeGreaterThanOrEqual(stepMs / 10);
			expect(delayMs).toBeLessThanOrEqual(stepMs);
			expect(host.ladder()?.broken).toMatchObject({
				summary: 'refused',
				since: Date.UTC(2026, 10, 20, 14),
				retryAt: host.clock.now() + delayMs,
			});
			await host.advance(delayMs);
		}
		host.stop.abort();
	});

	test('and is under strain is given more time', async () => {
		const host = session(refused('slowly'));
		await idle();
		expect(host.clock.nextInMs()).toBeGreaterThanOrEqual(500);
		for (let attempt = 0; attempt < 10; attempt++) await host.advance(host.clock.nextInMs() ?? 0);
		expect(host.clock.nextInMs()).toBeGreaterThanOrEqual(12_000);
		expect(host.clock.nextInMs()).toBeLessThanOrEqual(120_000);
		host.stop.abort();
	});

	test('and that only a person can mend is left alone, so that no account gets locked', async () => {
		const host = session(refused('never'));
		await idle();
		expect(host.ladder()?.broken?.retryAt).toBeNull();
		expect(host.clock.pending()).toBe(0);
		await host.advance(24 * 3600_000);
		expect(host.attempts()).toBe(1);
		host.refresh();
		await idle();
		expect(host.attempts()).toBe(2);
		host.stop.abort();
	});

	test('is tried at once when a person asks, and then the wait begins anew', async () => {
		const host = session(refused('soon'));
		await idle();
		host.refresh();
		await idle();
		expect(host.attempts()).toBe(2);
		expect(host.clock.pending()).toBe(1);
		host.stop.abort();
	});

	test('is not tried twice at a time, however often a person asks', async () => {
		const host = session('never answers');
		await idle();
		host.refresh();
		host.refresh();
		await idle();
		expect(host.attempts()).toBe(1);
		host.stop.abort();
		await host.done;
	});
});

describe('a session told to end', () => {
	test('while the host is being reached gives the attempt up', async () => {
		const host = session('never answers');
		host.stop.abort();
		await host.done;
		expect(host.ladder()?.broken).toBeNull();
		expect(host.clock.pending()).toBe(0);
	});

	test('while it waits for the next attempt leaves no timer', async () => {
		const host = session(refused('soon'));
		await idle();
		host.stop.abort();
		await host.done;
		expect(host.attempts()).toBe(1);
		expect(host.clock.pending()).toBe(0);
	});

	test('while it reads closes the connection, and nothing more is said of the host', async () => {
		const machine = createScriptedHost();
		const host = session(open(machine));
		await idle();
		expect(host.readings('vitals').length).toBeGreaterThan(0);
		const said = host.events.length;
		host.stop.abort();
		await host.done;
		expect(machine.isClosed()).toBe(true);
		await host.advance(60_000);
		expect(host.events.slice(said)).toEqual([]);
		expect(host.clock.pending()).toBe(0);
	});
});

describe('a host that is reached', () => {
	test('says who it is, how it fares and what its disks hold', async () => {
		const machine = createScriptedHost();
		const host = session(open(machine));
		await idle();
		expect(host.events).toContainEqual({kind: 'connected', transport: 'scripted', address: 'ops@10.0.0.1'});
		for (const name of ['identity', 'vitals', 'filesystems']) {
			expect(host.readings(name)).toMatchObject([{reading: {kind: 'ok'}}]);
		}
		host.stop.abort();
		await host.done;
	});

	test('without an engine is seen all the same, and told from one without an answer', async () => {
		const host = session(open(createScriptedHost()));
		await idle();
		expect(host.ladder()).toMatchObject({
			reached: 'shell',
			broken: {rung: 'engine-socket', code: 'engine-socket-missing'},
		});
		host.stop.abort();
		await host.done;
	});

	test('is read anew when a person asks', async () => {
		const machine = createScriptedHost();
		const host = session(open(machine));
		await idle();
		const count = (request: string): number => machine.asked.filter((each) => each === request).length;
		const before = [count('vitals'), count('filesystems')];
		host.refresh();
		await idle();
		expect([count('vitals'), count('filesystems')]).toEqual(before.map((number) => number + 1));
		expect(host.attempts()).toBe(1);
		host.stop.abort();
		await host.done;
	});

	test('and lost is tried again soon, with the reason on show', async () => {
		const machine = createScriptedHost();
		const host = session(open(machine), 'never answers');
		await idle();
		machine.lose('keepalive timed out');
		await idle();
		expect(host.ladder()?.broken).toMatchObject({code: 'lost', summary: 'connection lost: keepalive timed out'});
		await host.advance((host.ladder()?.broken?.retryAt ?? Infinity) - host.clock.now());
		expect(host.attempts()).toBe(2);
		expect(host.ladder()?.broken?.code).toBe('lost');
		host.stop.abort();
		await host.done;
	});

	test('whose shell ends is lost too, and its connection is closed', async () => {
		const machine = createScriptedHost();
		const host = session(open(machine), 'never answers');
		await idle();
		machine.endShell();
		await idle();
		// The end of the whole connection would say more, and its news may come a little later.
		await host.advance(300);
		expect(host.ladder()?.broken?.summary).toBe('connection lost: the shell on the host ended');
		expect(machine.isClosed()).toBe(true);
		host.stop.abort();
		await host.done;
	});

	test('that held for long and is lost starts with a short wait again; one lost at once does not', async () => {
		const machine = createScriptedHost();
		const brief = createScriptedHost();
		const failures = Array.from({length: 8}, () => refused('soon'));
		const host = session(...failures, open(machine), open(brief), 'never answers');
		await idle();
		for (let attempt = 0; attempt < 8; attempt++) await host.advance(host.clock.nextInMs() ?? 0);
		expect(host.attempts()).toBe(9);
		await host.advance(31_000);
		machine.lose('gone');
		await idle();
		expect((host.ladder()?.broken?.retryAt ?? Infinity) - host.clock.now()).toBeLessThanOrEqual(2000);
		await host.advance(2000);
		brief.lose('gone again');
		await idle();
		expect(host.ladder()?.broken?.retryAt).toBeGreaterThanOrEqual(host.clock.now() + 400);
		host.stop.abort();
		await host.done;
	});

	test('but does not even say how long it is up is that host’s trouble, not the end of the program', async () => {
		const machine = createScriptedHost({answers: {hello: {uptime: ''}}});
		const host = session(open(machine));
		await idle();
		expect(host.ladder()?.broken).toMatchObject({
			rung: 'shell',
			summary: expect.stringContaining('does not say how long it has been up'),
		});
		expect(machine.isClosed()).toBe(true);
		host.stop.abort();
		await host.done;
	});
});

test('a host that is another row’s machine hands its sources over and is not tried again', async () => {
	const host = session({kind: 'same-machine', as: 'web-00'});
	await host.done;
	expect(host.events).toContainEqual(expect.objectContaining({kind: 'host-merged', into: 'web-00'}));
	host.refresh();
	await host.advance(3600_000);
	expect(host.attempts()).toBe(1);
});

test('a bug while reaching a host ends the program instead of being taken for the host’s trouble', async () => {
	const host = session(new TypeError('not a function'));
	await expect(host.done).rejects.toThrow('not a function');
});
