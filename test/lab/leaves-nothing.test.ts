import {afterEach, beforeEach, describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import type {Lab} from './lab.ts';
import {findLocalProcesses, findVisitors, isKernelLogFollower, isProbe} from './left-behind.ts';
import {openBoard, findRow, type Board} from './sickbay-board.ts';
import {readReport} from './sickbay-report.ts';
import {waitFor} from './wait-for.ts';

const soon = {timeout: 5000, interval: 50};

const lab = inject('lab') as Lab;
const watched = (lab?.hosts ?? []).slice(0, 2) as readonly LabHost[];
/** As root on the first host, through sudo on the second. */
const names = watched.map(({name}, index) => (index === 0 ? name : `${name}-deputy`));

const sendSignal =
	(signal: NodeJS.Signals) =>
	async (board: Board): Promise<void> => {
		process.kill(board.pid, signal);
	};

/** `says`: what the program prints before its exit code. */
const endings = [
	{title: 'q', end: (board: Board) => board.press('q'), exitCode: 0, says: /^/},
	{title: 'Ctrl+C', end: (board: Board) => board.press('C-c'), exitCode: 130, says: /^/},
	{title: 'SIGTERM', end: sendSignal('SIGTERM'), exitCode: 143, says: /^/},
	{title: 'SIGHUP', end: sendSignal('SIGHUP'), exitCode: 129, says: /^/},
	{title: 'an error of its own', end: sendSignal('SIGUSR2'), exitCode: 70, says: /Error: a planted bug/},
] as const;

/** Endings after which nobody is there to put the terminal right. */
const suddenEndings = [
	{title: 'SIGKILL', end: sendSignal('SIGKILL')},
	{title: 'closing the window', end: (board: Board) => board.close()},
] as const;

describe.skipIf(lab === null)('Sickbay leaves nothing behind', () => {
	let board: Board;

	beforeEach(async () => {
		for (const host of watched)
			await waitFor('no visitors yet', 10_000, async () => (await findVisitors(host)).length === 0);
		board = await openBoard(lab, names);
		await board.waitForScreen('the hosts are read', 20_000, (screen) =>
			names.every((name) => / \d+\/\d+ /.test(findRow(screen, name) ?? '')),
		);
		for (const host of watched) {
			await waitFor('probe and kernel log run', 5000, async () => {
				const visitors = await findVisitors(host);
				return visitors.some(isProbe) && visitors.some(isKernelLogFollower);
			});
		}
	});

	afterEach(async () => board.close());

	const visitors = async (): Promise<readonly string[]> => (await Promise.all(watched.map(findVisitors))).flat();

	it.each(endings)('after $title, and the terminal is as it was', async ({end, exitCode, says}) => {
		await end(board);
		await expect.poll(board.readScreen, soon).toMatch(new RegExp(`exit code ${exitCode}\\s+terminal modes restored`));
		expect(await board.readScreen()).toMatch(says);
		expect(await board.readTerminal()).toEqual({alternateScreen: false, cursorVisible: true});
		await expect.poll(() => findLocalProcesses(lab), soon).toEqual([]);
		await expect.poll(visitors, soon).toEqual([]);
	});

	it.each(suddenEndings)('after $title', async ({end}) => {
		await end(board);
		await expect.poll(() => findLocalProcesses(lab), soon).toEqual([]);
		await expect.poll(visitors, soon).toEqual([]);
	});

	it('after a report', async () => {
		await board.press('q');
		await expect.poll(visitors, soon).toEqual([]);
		const report = await readReport(lab, names);
		expect(report.hosts.size).toBe(watched.length);
		await expect.poll(() => findLocalProcesses(lab), soon).toEqual([]);
		await expect.poll(visitors, soon).toEqual([]);
	});
});
