/** One host's session over sleep, and over failures that only a person can mend. */
import {expect, it, vi} from 'vitest';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import type {Host} from '../../source/model/host.ts';
import type {Ladder} from '../../source/model/ladder.ts';
import {LadderError, type RetryPolicy} from '../../source/model/ladder-error.ts';
import {superviseFleet} from '../../source/session/supervise-fleet.ts';
import type {ReachHost} from '../../source/session/reach-host.ts';
import {createFakeClock} from '../fake-clock.ts';

const host: Host = {
	key: 'web-01',
	name: 'web-01',
	target: {kind: 'ssh', destination: 'web-01'},
	sources: [],
	labels: {},
	groups: [],
	sudo: 'never',
	demo: false,
};

/** A session whose every attempt fails as told. */
function startFailing(retry: RetryPolicy) {
	const clock = createFakeClock();
	const ladders: Ladder[] = [];
	const reach = vi.fn<ReachHost>(() =>
		Promise.reject(new LadderError({rung: 'tcp', code: 'no-answer', summary: 'no answer', advice: 'Look.', retry})),
	);
	const supervisor = superviseFleet({
		hosts: [host],
		reach,
		clock,
		dispatch(event: HostEvent) {
			if (event.kind === 'ladder-changed') ladders.push(event.ladder);
		},
	});
	const attempts = async (count: number): Promise<void> => {
		await vi.waitFor(() => expect(reach).toHaveBeenCalledTimes(count));
		await vi.waitFor(() => expect(ladders.filter(({broken}) => broken !== null).length).toBeGreaterThanOrEqual(count));
	};
	return {clock, reach, supervisor, attempts, last: () => ladders.at(-1)?.broken ?? null};
}

it('a host in a long backoff is tried at once when this machine wakes from sleep', async () => {
	const {clock, supervisor, attempts, last} = startFailing('soon');
	for (let count = 1; count <= 6; count++) {
		await attempts(count);
		if (count < 6) clock.advance((last()?.retryAt ?? 0) - clock.now());
	}
	const before = last()?.retryAt ?? 0;
	sleep(clock, 3600_000);
	expect(clock.now()).toBeGreaterThan(before);
	await attempts(7);
	expect((last()?.retryAt ?? 0) - clock.now()).toBeLessThanOrEqual(2000);
	await supervisor.close();
});

it('a host that refused our keys is not tried again, neither in time nor after sleep, until a person asks', async () => {
	const {clock, reach, supervisor, attempts, last} = startFailing('never');
	await attempts(1);
	expect(last()?.retryAt).toBeNull();
	clock.advance(3600_000);
	sleep(clock, 3600_000);
	expect(reach).toHaveBeenCalledTimes(1);
	supervisor.refresh(null);
	await attempts(2);
	await supervisor.close();
});

/** Timers stand still while a machine sleeps, its clock does not. */
function sleep(clock: ReturnType<typeof createFakeClock>, milliseconds: number): void {
	clock.jump(milliseconds);
	clock.advance(10_000);
}
