/** What a person sees and does before, while and after something is removed from hosts. */
import {expect, test} from 'vitest';
import {ReadingError} from '../../source/model/reading-error.ts';
import {createFakeClock} from '../fake-clock.ts';
import {createFleet, createHost, fixtureNow} from './harness/host-fixture.ts';
import {textOf} from './harness/open-kernel-tab.ts';
import {openScreen, type OpenOptions, type OpenScreen} from './harness/open-screen.ts';
import {createGraveInput, createPlainInput, createScriptedDesk, type ScriptedDesk} from './harness/prune-fixture.ts';

type Opened = OpenScreen & {readonly scripted: ScriptedDesk; settle(): Promise<void>};

const names = ['web-07', 'web-08', 'web-09'];

async function openPrune(keys: string, options: OpenOptions = {}): Promise<Opened> {
	const clock = createFakeClock(fixtureNow);
	const scripted = createScriptedDesk(clock);
	const fleet = createFleet(names.map((name) => createHost(name)));
	const opened = await openScreen({columns: 120, rows: 40, fleet, clock, prune: scripted.desk, ...options});
	await opened.press(keys);
	return {
		...opened,
		scripted,
		async settle() {
			await Promise.resolve();
			clock.advance(100);
			await opened.press('');
		},
	};
}

async function openPlanned(input = createPlainInput(), options: OpenOptions = {}): Promise<Opened> {
	const opened = await openPrune('P', options);
	await opened.scripted.answer('ssh:web-07', input);
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('Remove'));
	return opened;
}

async function openThree(): Promise<Opened> {
	return await openPrune('   P');
}

function rowWith(opened: OpenScreen, text: string): string {
	return opened.terminal.rows().find((row) => row.includes(text)) ?? '';
}

function lastLines(opened: OpenScreen): string {
	return opened.terminal.rows().slice(-2).join('\n');
}

const sizes = [
	[80, 24],
	[120, 40],
] as const;

test.each(sizes)('the plan of one host at %ix%i', async (columns, rows) => {
	const opened = await openPlanned(createGraveInput(), {columns, rows});
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-goes-${columns}x${rows}.txt`);
	await opened.press('2');
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-stays-${columns}x${rows}.txt`);
	await opened.press('1jj d\t');
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-details-${columns}x${rows}.txt`);
});

test.each(sizes)('the plans of three hosts, one of them sick, at %ix%i', async (columns, rows) => {
	const opened = await openPrune('   P', {columns, rows});
	await opened.scripted.answer('ssh:web-07', createPlainInput('web-07'));
	await opened.scripted.fail('ssh:web-08', new ReadingError('timeout', 'no answer in 60 s'));
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('no answer in 60 s'));
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-hosts-${columns}x${rows}.txt`);
});

test.each(sizes)('a run and its outcome at %ix%i', async (columns, rows) => {
	const opened = await openPlanned(createPlainInput(), {columns, rows});
	await opened.press('\t\r');
	const [run] = opened.scripted.runs;
	const [first, second, third] = run?.plan.items ?? [];
	if (run === undefined || first === undefined || second === undefined || third === undefined)
		throw new Error('no run');
	run.tell({kind: 'item-started', item: first});
	run.tell({kind: 'item-ended', item: first, outcome: {kind: 'removed', freedBytes: null}, done: 1, of: 3});
	run.tell({kind: 'item-started', item: second});
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('removing'));
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-running-${columns}x${rows}.txt`);
	run.end({
		outcomes: new Map([
			[first.key, {kind: 'removed', freedBytes: null}],
			[second.key, {kind: 'in-use', detail: 'container web_2 was started from it'}],
			[third.key, {kind: 'unknown', detail: 'the connection went before the answer came'}],
		]),
		freedBytes: 38e6,
		verification: 'unverified',
		stopped: 'the connection to the host went',
	});
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('[ Close ]'));
	await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/prune-ended-${columns}x${rows}.txt`);
});

test('the focus begins on Cancel, and Enter there removes nothing', async () => {
	const opened = await openPlanned();
	expect(lastLines(opened)).toContain('[ Cancel ]');
	await opened.press('\r');
	await opened.terminal.waitFor((screen) => screen.includes('HOST'));
	expect(opened.terminal.rows().at(-1)).toContain('nothing was removed');
	expect(opened.scripted.runs).toEqual([]);
});

test('a harmless plan of one host runs with the other button and Enter, exactly as listed', async () => {
	const opened = await openPlanned();
	await opened.press('\t');
	expect(lastLines(opened)).toContain('[ Remove 3 objects ]');
	await opened.press('\r');
	expect(opened.scripted.runs.map(({plan}) => plan.items.map(({names: [name]}) => name))).toEqual([
		['nightly-job', 'registry.example/shop/web:1.3', 'registry.example/shop/api:1.3'],
	]);
});

test('an Enter too many leaves the run alone', async () => {
	const opened = await openPlanned();
	await opened.press('\t\r');
	expect(lastLines(opened)).toContain('[ Leave it running ]');
	await opened.press('\r');
	expect(opened.scripted.runs).toHaveLength(1);
	expect(opened.scripted.runs[0]?.signal.aborted).toBe(false);
});

test('a volume, or what cannot be pulled again, wants the word typed', async () => {
	const opened = await openPlanned(createGraveInput());
	await opened.press('\t\r');
	expect(opened.scripted.runs).toEqual([]);
	expect(opened.terminal.rows().at(-1)).toContain('Type prune to remove');
	await opened.press('prun\r');
	expect(opened.terminal.rows().at(-1)).toContain('not run: the word is prune');
	await opened.press('\r');
	await opened.press('prune');
	expect(opened.scripted.runs).toEqual([]);
	await opened.press('\r');
	expect(opened.scripted.runs).toHaveLength(1);
});

test('the word cannot be pasted', async () => {
	const opened = await openPlanned(createGraveInput());
	await opened.press('\t\r');
	await opened.press('\u001B[200~prune\u001B[201~');
	await opened.press('\r');
	expect(opened.scripted.runs).toEqual([]);
});

test('Space takes an object out with what depends on it, and the totals follow', async () => {
	const opened = await openPlanned();
	expect(opened.terminal.rows()[1]).toContain('1 container, 2 images, frees 2.0 GB');
	await opened.press('j ');
	expect(rowWith(opened, 'nightly-job')).toContain('[ ] stays');
	expect(rowWith(opened, 'shop/api:1.3')).toContain('[ ] stays');
	expect(opened.terminal.rows()[1]).toContain('1 image, frees 800 MB');
	await opened.press(' ');
	expect(opened.terminal.rows()[1]).toContain('1 container, 2 images');
});

test('what stays for a reason cannot be put in, and says the reason', async () => {
	const opened = await openPlanned();
	await opened.press('2');
	await opened.press('jj ');
	expect(opened.terminal.rows().at(-1)).toContain('it stays: used by web (running)');
});

test('one sick host delays none: it can be left out, and the others run', async () => {
	const opened = await openThree();
	expect(opened.scripted.asked).toEqual(['ssh:web-07', 'ssh:web-08', 'ssh:web-09']);
	await opened.scripted.answer('ssh:web-07', createPlainInput('web-07'));
	await opened.scripted.answer('ssh:web-08', createPlainInput('web-08'));
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('1 still being read'));
	expect(lastLines(opened)).toContain('web-09 is still being read; Space on it leaves it out');
	await opened.press('\t\r');
	expect(opened.terminal.rows().at(-1)).toContain('web-09 is still being read');
	await opened.press('G ');
	expect(lastLines(opened)).toContain('Remove 6 objects on 2 hosts');
	await opened.press('\r');
	await opened.press('prune\r');
	expect(opened.scripted.runs.map(({plan}) => plan.hostName)).toEqual(['web-07', 'web-08']);
});

test('leaving and coming back finds the plan as it was left, with the focus on Cancel', async () => {
	const opened = await openPlanned();
	await opened.press('j \t');
	await opened.press('q');
	expect(textOf(opened)).toContain('HOST');
	await opened.press('P');
	expect(opened.scripted.asked).toHaveLength(1);
	expect(rowWith(opened, 'nightly-job')).toContain('[ ] stays');
	expect(lastLines(opened)).toContain('[ Cancel ]');
});

test('^r plans anew, in the same place', async () => {
	const opened = await openPrune('P');
	await opened.scripted.fail('ssh:web-07', new ReadingError('lost', 'the host is not connected'));
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('the host is not connected'));
	await opened.press('\u0012');
	expect(opened.scripted.asked).toEqual(['ssh:web-07', 'ssh:web-07']);
	expect(textOf(opened)).toContain('… being read');
	await opened.press('q');
	expect(textOf(opened)).toContain('HOST');
});

test('a run under way is not planned anew', async () => {
	const opened = await openPlanned();
	await opened.press('\t\r');
	await opened.press('\u0012');
	expect(opened.terminal.rows().at(-1)).toContain('it is under way');
	expect(opened.scripted.runs[0]?.signal.aborted).toBe(false);
});

test('a run goes on while nobody looks, and the activity view leads back to it', async () => {
	const opened = await openPlanned();
	await opened.press('\t\r');
	await opened.press('q');
	await opened.press('q');
	expect(opened.terminal.rows().at(-1)).toContain('a prune is under way');
	await opened.press('5');
	expect(rowWith(opened, 'web-07')).toContain('pruning…');
	opened.scripted.runs[0]?.end();
	await opened.settle();
	await opened.terminal.waitFor((screen) => screen.includes('3 removed'));
	await opened.press('\r');
	expect(opened.terminal.rows()[0]).toContain('Pruned · web-07');
	expect(textOf(opened)).toContain('looked again: all that was removed is gone');
});

test('a run is stopped between objects, and only by its own button', async () => {
	const opened = await openPlanned();
	await opened.press('\t\r');
	await opened.press('q');
	await opened.press('P');
	expect(opened.scripted.runs[0]?.signal.aborted).toBe(false);
	await opened.press('\t\r');
	expect(opened.scripted.runs[0]?.signal.aborted).toBe(true);
	expect(lastLines(opened)).toContain('stops after the object under way');
});

test('a frozen picture plans nothing', async () => {
	const opened = await openPrune('ZP');
	expect(opened.scripted.asked).toEqual([]);
	expect(opened.terminal.rows().at(-1)).toContain('the picture is frozen');
});

test('where hosts must not be changed there is no such key, command or line of help', async () => {
	const opened = await openScreen({columns: 120, rows: 40, prune: null});
	await opened.press('P5');
	expect(textOf(opened)).toContain('HOST');
	await opened.press(':');
	await opened.press('plan what');
	expect(textOf(opened)).not.toContain('Plan what');
	expect(textOf(opened)).toContain('── Commands');
	await opened.press('\u001B');
	await opened.press('?');
	expect(textOf(opened)).not.toMatch(/prune/i);
});
