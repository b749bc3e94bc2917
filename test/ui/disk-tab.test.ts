/** What a person sees of what keeps a host's disk. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {unaskedDiskUsage} from '../../source/model/disk-usage.ts';
import {createContainerUse, createFullHost, createImageUse, wholeUsage} from './harness/disk-fixture.ts';
import {createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {openScreen, type OpenOptions, type OpenScreen} from './harness/open-screen.ts';
import {textOf} from './harness/open-kernel-tab.ts';

const sizes = [
	[80, 24],
	[120, 40],
] as const;

async function openDiskTab(host: HostState = createFullHost(), options: OpenOptions = {}): Promise<OpenScreen> {
	const opened = await openScreen({fleet: createFleet([host]), columns: 120, rows: 40, ...options});
	await opened.press('\r3');
	return opened;
}

function rowWith(opened: OpenScreen, text: string): string {
	return opened.terminal.rows().find((row) => row.includes(text)) ?? '';
}

test.each(sizes)('the disk tab with everything read at %ix%i', async (columns, rows) => {
	const opened = await openDiskTab(createFullHost(), {columns, rows});
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/disk-read-${columns}x${rows}.txt`);
	await opened.press(']]');
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/disk-images-${columns}x${rows}.txt`);
	await opened.press('G');
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/disk-end-${columns}x${rows}.txt`);
});

test.each(sizes)('the disk tab while answers are awaited at %ix%i', async (columns, rows) => {
	const opened = await openDiskTab(
		createFullHost({
			...unaskedDiskUsage,
			volumes: wholeUsage.volumes,
			images: {kind: 'failed', reason: {code: 'timeout', message: 'no answer in 60 s'}, at: fixtureNow + 1000},
		}),
		{columns, rows},
	);
	await opened.press(']]');
	opened.clock.advance(3000);
	await opened.terminal.waitFor((screen) => screen.includes('asked 3s ago…'));
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/disk-asked-${columns}x${rows}.txt`);
});

test('opening the tab asks each part once, and coming back within a minute asks nothing', async () => {
	const opened = await openDiskTab();
	const parts = ['images', 'containers', 'volumes', 'buildCache', 'logFiles', 'rootDirectories', 'registries'];
	expect(opened.diskQuestions).toEqual([['ssh:web-07', parts]]);
	opened.clock.advance(59_000);
	await opened.press('1jjkk3');
	expect(opened.diskQuestions).toHaveLength(1);
	opened.clock.advance(1000);
	await opened.press('13');
	expect(opened.diskQuestions).toHaveLength(2);
});

test('staying on the tab asks nothing by itself; ^r asks anew', async () => {
	const opened = await openDiskTab();
	opened.clock.advance(600_000);
	await opened.press('j');
	expect(opened.diskQuestions).toHaveLength(1);
	await opened.press('\u0012');
	expect(opened.diskQuestions).toHaveLength(2);
	expect(opened.refreshes).toEqual([['ssh:web-07']]);
});

test('no other tab asks', async () => {
	const opened = await openScreen({fleet: createFleet([createFullHost()])});
	await opened.press('\r1245');
	expect(opened.diskQuestions).toEqual([]);
});

test('a host that is still being reached is asked once it answers', async () => {
	const host = createFullHost(unaskedDiskUsage);
	const opened = await openDiskTab({...host, ladder: {reached: 'shell', broken: null}});
	expect(opened.diskQuestions).toEqual([]);
	expect(textOf(opened)).toContain('not asked: the host is not reached yet');
	opened.store.set(createFleet([host]));
	expect(opened.diskQuestions).toHaveLength(1);
	opened.store.set(createFleet([{...host, severity: 'warning'}]));
	expect(opened.diskQuestions).toHaveLength(1);
});

test('an engine that hangs is not asked; the directories of its host are', async () => {
	const opened = await openScreen({columns: 120, rows: 40});
	await opened.press('/host:ci-14\r\r3');
	expect(opened.diskQuestions).toEqual([['ssh:ci-14', ['logFiles', 'rootDirectories']]]);
	expect(textOf(opened)).toContain('Images  not asked: engine hung');
});

test('a part that could not be read says why and never counts as nothing', async () => {
	const failed = {kind: 'failed', reason: {code: 'timeout', message: 'no answer in 60 s'}, at: fixtureNow} as const;
	const opened = await openDiskTab(createFullHost({images: failed}));
	expect(rowWith(opened, '   images ')).toMatch(/images +– +(…|could not be read)/);
	expect(textOf(opened)).toContain('▲ could not be read at 14:02:11');
	expect(textOf(opened)).toContain('   no answer in 60 s');
});

test('images say who uses them, and which moment their last use is', async () => {
	const opened = await openDiskTab();
	await opened.press(']]');
	expect(rowWith(opened, 'sha256:leftover')).toMatch(/dangling +100d built/);
	expect(rowWith(opened, 'shop/api:1.3')).toMatch(/used +3d container made/);
	expect(rowWith(opened, 'shop/api:1.4')).toMatch(/used +3d container made/);
	expect(textOf(opened)).toContain('≤ 4.4 GB · 1 dangling');
});

test('while the containers are not known no image is called unused', async () => {
	const opened = await openDiskTab(createFullHost({containers: {kind: 'pending'}}));
	await opened.press(']]');
	expect(textOf(opened)).not.toMatch(/unused \d|dangling/);
	expect(rowWith(opened, 'sha256:leftover')).toContain('unknown');
});

test('what an unmeasured volume takes is said to come on top', async () => {
	const opened = await openDiskTab();
	expect(rowWith(opened, '   volumes ')).toContain('≥ 18 GB');
});

test('5,000 images are listed without drawing more than the screen holds', async () => {
	const images = Array.from({length: 5000}, (_, index) =>
		createImageUse(`registry.example/team-${index % 50}/app-${index}:1`, {sizeBytes: 1e9 + index}),
	);
	let drawn = 0;
	const counted = images.map((image) => ({
		...image,
		get sizeBytes() {
			drawn++;
			return image.sizeBytes;
		},
	}));
	const containers = images.slice(0, 900).map((image, index) => createContainerUse(`c${index}`, image));
	const opened = await openDiskTab(
		createFullHost({
			images: {kind: 'ok', value: counted, at: fixtureNow + 1},
			containers: {kind: 'ok', value: containers, at: fixtureNow + 1},
		}),
	);
	expect(textOf(opened)).toContain('Images 5,000 in 5,000 repositories');
	drawn = 0;
	await opened.press('jjj');
	await opened.press(']');
	await opened.press('G');
	expect(textOf(opened)).toContain('/var/lib/docker/overlay2');
	expect(drawn).toBe(0);
});

test('a host without any answer yet shows its file systems at once', async () => {
	const opened = await openDiskTab(createHost('one'));
	expect(opened.terminal.rows()[6]).toContain('/var/lib/docker');
});
