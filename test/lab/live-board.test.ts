import {afterEach, beforeEach, describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import {logFilesystemError, logMount} from './kernel-lines.ts';
import {docker, readApiCalls, runContainer} from './lab-engine.ts';
import type {Lab} from './lab.ts';
import {findRow, openBoard, type Board} from './sickbay-board.ts';

/** From the moment the host did it to the moment a person can read it. */
const soon = {timeout: 2000, interval: 50};

const lab = inject('lab') as Lab;
const [first, second] = (lab?.hosts ?? []) as unknown as readonly [LabHost, LabHost];

describe.skipIf(lab === null)('what happens on a host is on the screen within two seconds', () => {
	let board: Board;

	beforeEach(async () => {
		board = await openBoard(lab, [first.name, second.name]);
		await board.waitForScreen('both hosts are read', 20_000, (screen) =>
			[first, second].every(({name}) => findRow(screen, name)?.includes('0/0')),
		);
	});

	afterEach(async () => {
		await board.close();
		await docker(first, 'ps --all --quiet | xargs --no-run-if-empty docker rm --force');
	});

	/** Opens the host under the cursor after moving the cursor there by filtering for it. */
	const openTab = async (host: LabHost, tab: '2' | '4'): Promise<void> => {
		await board.press('/', `host:${host.name}`, 'Enter');
		await board.waitForScreen('only the host is left', 3000, (screen) => findRow(screen, second.name) === null);
		await board.press('Enter');
		await board.press(tab);
	};

	it('a container that starts, dies and is removed changes the row of its host', async () => {
		const row = async (): Promise<string | null> => findRow(await board.readScreen(), first.name);
		await runContainer(first, 'lab-lodger');
		await expect.poll(row, soon).toContain(' 1/1 ');
		await docker(first, 'kill lab-lodger');
		await expect.poll(row, soon).toContain(' 0/1 ');
		await docker(first, 'rm lab-lodger');
		await expect.poll(row, soon).toContain(' 0/0 ');
	});

	it('a container that starts and dies is in the list of containers by name', async () => {
		await openTab(first, '2');
		await runContainer(first, 'lab-lodger');
		await expect.poll(board.readScreen, soon).toMatch(/lab-lodger.*\b(running|Up)\b/);
		await docker(first, 'kill lab-lodger');
		await expect.poll(board.readScreen, soon).toMatch(/lab-lodger.*\bexited\b/i);
	});

	it('and the engine is not asked for its list all the time', async () => {
		const countLists = async (): Promise<number> =>
			(await readApiCalls(second)).filter((call) => call.includes('/containers/json')).length;
		const before = await countLists();
		const startedAt = Date.now();
		for (const name of ['one', 'two', 'three']) {
			await runContainer(first, name);
			await docker(first, `rm --force ${name}`);
		}
		await board.waitForScreen('quiet again', 5000, (screen) => findRow(screen, first.name)?.includes(' 0/0 ') === true);
		const seconds = (Date.now() - startedAt) / 1000;
		expect((await countLists()) - before).toBeLessThanOrEqual(1 + seconds / 10);
	});

	it('a line of the kernel is in the kernel log', async () => {
		await openTab(first, '4');
		await board.waitForScreen('the log is shown', 5000, (screen) => /mounted filesystem/i.test(screen));
		const uuid = await logMount(lab.directory);
		await expect.poll(board.readScreen, soon).toContain(`mounted filesystem ${uuid}`);
	});

	it('a line of the kernel that means trouble is on the board', async () => {
		const device = await logFilesystemError(lab.directory);
		for (const host of [first, second]) {
			const row = async (): Promise<string | null> => findRow(await board.readScreen(), host.name);
			await expect
				.poll(row, soon)
				.toMatch(new RegExp(`(file ?system|ext4).*${device}|${device}.*(file ?system|ext4)`, 'i'));
		}
	});
});
