/** Hosts that were stopped for their key or for a log-in, over sessions as the program runs them. */
import {expect, onTestFinished, test} from 'vitest';
import type {Host} from '../../source/model/host.ts';
import type {ReasonCode} from '../../source/model/ladder.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import type {ReachRequest} from '../../source/session/reach-host.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import {createFakeClock} from '../fake-clock.ts';
import {sampleHostDeclaration} from '../health/sample-host.ts';
import {idle} from './idle.ts';

const names = ['web', 'db', 'ci'];

/** A fleet in which nobody gets in. What each host was judged by is what the test says. */
function refusedFleet(code: ReasonCode) {
	const clock = createFakeClock();
	const evidence = new Map(names.map((name) => [name, new Set(['known_hosts 1', 'agent A'])]));
	const attempts: string[] = [];
	let reads = 0;
	const reach = ({host}: ReachRequest): Promise<never> => {
		attempts.push(host.key);
		const facts = {rung: 'authentication', summary: 'refused', advice: 'Look.', retry: 'never'} as const;
		return Promise.reject(new LadderError({...facts, code}));
	};
	const hosts = names.map((key): Host => sampleHostDeclaration({key, name: key}));
	const supervisor = superviseFleet({
		hosts,
		reach,
		findEvidence: (host, about) =>
			Promise.resolve(
				about === 'bad-configuration'
					? null
					: () => {
							reads++;
							return Promise.resolve(evidence.get(host.key) ?? new Set());
						},
			),
		clock,
		dispatch: () => undefined,
	});
	onTestFinished(() => supervisor.close());
	return {
		clock,
		supervisor,
		attempts,
		reads: () => reads,
		change: (name: string, ...pieces: readonly string[]) => void evidence.set(name, new Set(pieces)),
		async advance(milliseconds: number) {
			for (let left = milliseconds; left > 0; left -= 1000) {
				clock.advance(1000);
				await idle();
			}
		},
	};
}

test('a host is reached again, once, when what it was judged by has changed', async () => {
	const fleet = refusedFleet('host-key-changed');
	await idle();
	await fleet.advance(60_000);
	expect(fleet.attempts).toEqual(names);
	fleet.change('db', 'known_hosts 2', 'agent A');
	await fleet.advance(6000);
	expect(fleet.attempts).toEqual([...names, 'db']);
	await fleet.advance(600_000);
	expect(fleet.attempts).toEqual([...names, 'db']);
});

test('a key that left the agent and came back is nothing new', async () => {
	const fleet = refusedFleet('authentication-failed');
	await idle();
	fleet.change('web', 'known_hosts 1');
	await fleet.advance(10_000);
	fleet.change('web', 'known_hosts 1', 'agent A');
	await fleet.advance(10_000);
	expect(fleet.attempts).toEqual(names);
	fleet.change('web', 'agent A', 'agent B');
	await fleet.advance(10_000);
	expect(fleet.attempts).toEqual([...names, 'web']);
});

test('a file that is rewritten all the time brings one attempt in a minute at most', async () => {
	const fleet = refusedFleet('authentication-failed');
	await idle();
	for (let second = 0; second < 300; second += 5) {
		fleet.change('ci', `key file of ${second}`);
		await fleet.advance(5000);
	}
	const again = fleet.attempts.length - names.length;
	expect(again).toBeGreaterThanOrEqual(4);
	expect(again).toBeLessThanOrEqual(5);
});

test('nothing is read for hosts that were stopped for another reason, or that are being closed', async () => {
	const misconfigured = refusedFleet('bad-configuration');
	await idle();
	await misconfigured.advance(60_000);
	expect([misconfigured.reads(), misconfigured.attempts]).toEqual([0, names]);

	const fleet = refusedFleet('host-key-unknown');
	await idle();
	const watching = fleet.clock.pending();
	expect(watching).toBe(misconfigured.clock.pending() + 1);
	await fleet.supervisor.close();
	expect(fleet.clock.pending()).toBe(0);
	const before = fleet.reads();
	await fleet.advance(60_000);
	expect(fleet.reads()).toBe(before);
});

test('a person who asks again is not answered twice', async () => {
	const fleet = refusedFleet('host-key-unknown');
	await idle();
	fleet.change('web', 'known_hosts 2');
	fleet.supervisor.refresh(['web']);
	await idle();
	await fleet.advance(60_000);
	expect(fleet.attempts).toEqual([...names, 'web']);
});
