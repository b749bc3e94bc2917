import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import {faults, withFault, type FaultName} from './lab-faults.ts';
import {readApiCalls} from './lab-engine.ts';
import type {Lab} from './lab.ts';
import {findVisitors, isProbe} from './left-behind.ts';
import {findRow, openBoard, type Board} from './sickbay-board.ts';

/** A host is asked every 5 s; more than this since its last word means it was made to wait. */
const liveSeconds = 8;

const lab = inject('lab') as Lab;
const [steady, sick] = (lab?.hosts ?? []) as unknown as readonly [LabHost, LabHost];

/**
 * The account that may not read the kernel log: all hosts share the machine's, and what other tests made the kernel say
 * would be worse than the fault and take its place in the row.
 */
const nameOf = (host: LabHost): string => `${host.name}-operator`;

describe.skipIf(lab === null)('a host that falls sick while it is watched', () => {
	let board: Board;

	beforeAll(async () => {
		if (lab === null) return;
		board = await openBoard(lab, [nameOf(steady), nameOf(sick)]);
		await board.waitForScreen(
			'both hosts are read',
			20_000,
			(screen) => isRead(screen, steady) && isRead(screen, sick),
		);
	});

	afterAll(async () => board?.close());

	it('by a black hole is noticed within 20 s, shows its age, and is back by itself', async () => {
		const callsBefore = (await readApiCalls(steady)).length;
		const startedAt = Date.now();
		await faults['black-hole'].inflict(sick);
		try {
			const screen = await board.waitForScreen('the loss is named', 20_000, (screen) =>
				/lost|no answer|says nothing/i.test(findRow(screen, nameOf(sick)) ?? ''),
			);
			expect(ageSeconds(screen, sick)).toBeGreaterThanOrEqual(5);
			expect(ageSeconds(screen, steady)).toBeLessThanOrEqual(liveSeconds);
			expect(isRead(screen, sick)).toBe(false);
		} finally {
			await faults['black-hole'].lift(sick);
		}
		await board.waitForScreen('the host is back', 45_000, (screen) => isRead(screen, sick));
		expect(ageSeconds(await board.readScreen(), steady)).toBeLessThanOrEqual(liveSeconds);
		const seconds = (Date.now() - startedAt) / 1000;
		expect((await readApiCalls(steady)).length - callsBefore).toBeLessThanOrEqual(2 + seconds / 10);
	});

	it('by a black hole keeps no probe of the lost connection', async () => {
		const probes = async (): Promise<number> => (await findVisitors(sick)).filter(isProbe).length;
		await expect.poll(probes, {timeout: 60_000, interval: 500}).toBe(1);
	});

	const cases: readonly Case[] = [
		{fault: 'link-down', words: /lost|route|no answer/i, noticedMs: 20_000, backMs: 45_000},
		{fault: 'sshd-frozen-all', words: /lost|no answer|says nothing/i, noticedMs: 20_000, backMs: 60_000},
		{fault: 'dockerd-frozen', words: /hung/i, noticedMs: 25_000, backMs: 30_000},
		{fault: 'dockerd-stopped', words: /engine|socket/i, noticedMs: 15_000, backMs: 40_000},
		{fault: 'dockerd-killed', words: /engine/i, noticedMs: 15_000, backMs: 40_000},
	];

	it.each(cases)('by $fault says so, its neighbour stays live, and it is well again', async (one) => {
		await withFault(one.fault, sick, async () => {
			const screen = await board.waitForScreen('the fault is named', one.noticedMs, (screen) =>
				one.words.test(findRow(screen, nameOf(sick)) ?? ''),
			);
			expect(ageSeconds(screen, steady)).toBeLessThanOrEqual(liveSeconds);
			expect(isRead(screen, steady)).toBe(true);
		});
		await board.waitForScreen('the host is well again', one.backMs, (screen) => {
			return isRead(screen, sick) && !one.words.test(findRow(screen, nameOf(sick)) ?? '');
		});
	});
});

type Case = {
	readonly fault: FaultName;
	/** What the host's row says then, and does not say once the fault is lifted. */
	readonly words: RegExp;
	readonly noticedMs: number;
	readonly backMs: number;
};

/** True when the row shows the engine's containers, which is the last thing read. */
function isRead(screen: string, host: LabHost): boolean {
	return / \d+\/\d+ /.test(findRow(screen, nameOf(host)) ?? '');
}

/** The age in the row's last column, SEEN. */
function ageSeconds(screen: string, host: LabHost): number {
	const age = /(\d+)([smh])$/.exec(findRow(screen, nameOf(host)) ?? '');
	const unitSeconds = {s: 1, m: 60, h: 3600}[age?.[2] ?? ''];
	return unitSeconds === undefined ? Number.NaN : Number(age?.[1]) * unitSeconds;
}
