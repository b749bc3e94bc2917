import {describe, expect, it} from 'vitest';
import {isConnected, type Ladder, type Rung} from '../../source/model/ladder.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import {createLadderClimb} from '../../source/session/ladder-climb.ts';

const broken = (rung: Rung, summary: string = rung): LadderError =>
	new LadderError({rung, code: 'no-answer', summary, advice: 'Look at it.', retry: 'soon'});

function climbing(): {readonly climb: ReturnType<typeof createLadderClimb>; readonly shown: () => Ladder} {
	const history: Ladder[] = [];
	return {
		climb: createLadderClimb((ladder) => history.push(ladder)),
		shown: () => history.at(-1) ?? {reached: null, broken: null},
	};
}

describe('the ladder of one host', () => {
	it('shows how far the climb got', () => {
		const {climb, shown} = climbing();
		for (const rung of ['resolve', 'tcp', 'banner'] as const) climb.reach(rung, 1000);
		expect(shown()).toMatchObject({reached: 'banner', broken: null});
		expect(isConnected(shown())).toBe(false);
	});

	it('keeps the reason on show while the next attempt climbs, until a shell answers', () => {
		const {climb, shown} = climbing();
		climb.breakAt(broken('authentication'), 1000, null);
		climb.restart(1000);
		climb.reach('tcp', 1000);
		climb.reach('banner', 1000);
		expect(shown().broken?.rung).toBe('authentication');
		climb.reach('shell', 1000);
		expect(shown()).toMatchObject({reached: 'shell', broken: null});
	});

	it('counts an outage from its first failure even when the reason changes', () => {
		const {climb, shown} = climbing();
		climb.breakAt(broken('tcp', 'connection lost'), 1000, 2000);
		climb.restart(1000);
		climb.breakAt(broken('banner', 'sshd says nothing'), 9000, 12_000);
		expect(shown().broken).toMatchObject({summary: 'sshd says nothing', since: 1000, retryAt: 12_000});
	});

	it('starts a new outage after the host was well', () => {
		const {climb, shown} = climbing();
		climb.breakAt(broken('tcp'), 1000, 2000);
		climb.reach('shell', 1000);
		climb.breakAt(broken('tcp'), 50_000, 51_000);
		expect(shown().broken?.since).toBe(50_000);
	});

	it('calls a hung engine mended only when containers are listed again, not when it answers a ping', () => {
		const {climb, shown} = climbing();
		for (const rung of ['shell', 'engine-socket', 'ping', 'list'] as const) climb.reach(rung, 1000);
		climb.breakAt(broken('list', 'engine hung'), 1000, null);
		expect(isConnected(shown())).toBe(true);
		expect(shown().reached).toBe('ping');
		climb.reach('ping', 1000);
		expect(shown().broken?.summary).toBe('engine hung');
		climb.reach('list', 1000);
		expect(shown()).toMatchObject({reached: 'list', broken: null});
	});

	it('never shows a rung as reached at or above the broken one', () => {
		const {climb, shown} = climbing();
		for (const rung of ['resolve', 'tcp', 'banner', 'host-key', 'authentication', 'shell', 'list'] as const)
			climb.reach(rung, 1000);
		climb.breakAt(broken('tcp', 'connection lost'), 1000, 2000);
		expect(shown().reached).toBe('resolve');
		expect(isConnected(shown())).toBe(false);
	});

	it('says after how long each rung answered, and when the engine first broke however often it is asked again', () => {
		const {climb, shown} = climbing();
		climb.restart(1000);
		climb.reach('tcp', 1012, '10.0.0.7 port 22');
		climb.reach('shell', 1100);
		climb.breakAt(broken('ping'), 1500, null);
		climb.breakAt(broken('ping'), 9000, null);
		expect(shown().steps).toEqual([
			{rung: 'tcp', afterMs: 12, note: '10.0.0.7 port 22'},
			{rung: 'shell', afterMs: 100, note: null},
		]);
		expect(shown().broken?.afterMs).toBe(500);
	});

	it('remembers that a connection stood before the outage, but not for a host that was never reached', () => {
		const {climb, shown} = climbing();
		const lost = new LadderError({rung: 'tcp', code: 'lost', summary: 'lost', advice: 'Wait.', retry: 'soon'});
		climb.breakAt(lost, 500, 600);
		expect(shown().broken?.lostAt).toBeUndefined();
		climb.reach('shell', 1000);
		climb.breakAt(lost, 2000, 3000);
		climb.breakAt(broken('tcp'), 9000, 9900);
		expect(shown().broken?.lostAt).toBe(2000);
	});
});
