/** Help, palette, paste, and how the screen is left. */
import {expect, test} from 'vitest';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import {createFleet, createHost} from './harness/host-fixture.ts';
import {openScreen} from './harness/open-screen.ts';

test('? and F1 show every key, and Esc goes back', async () => {
	const opened = await openScreen({columns: 100, rows: 80});
	await opened.press('?');
	const help = opened.terminal.rows().join('\n');
	expect(help).toContain('j ↓');
	expect(help).toContain('Freeze the picture');
	expect(help).toContain('could not be read');
	const scopes = opened.terminal
		.rows()
		.flatMap((row) => / {2}(?:board|findings|board, findings|host|kernel log)$/.exec(row)?.index ?? []);
	expect(scopes.length).toBeGreaterThan(10);
	expect(new Set(scopes).size).toBe(1);
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('web-07'));
	await opened.press('\u001BOP');
	expect(opened.terminal.rows().join('\n')).toContain('Freeze the picture');
});

test('help that is longer than the screen scrolls to its end', async () => {
	const opened = await openScreen();
	await opened.press('?');
	expect(opened.terminal.rows().join('\n')).toContain('more lines');
	await opened.press('G');
	expect(opened.terminal.rows().join('\n')).toContain('+2 after WHY');
});

test('the palette finds a command by letters of its name and runs it', async () => {
	const opened = await openScreen();
	await opened.press(':');
	await opened.press('frz');
	expect(opened.terminal.rows().join('\n')).toMatch(/› Z +Freeze the picture/);
	await opened.press('\r');
	expect(opened.terminal.rows()[0]).toContain('FROZEN');
});

test('the palette says why a command cannot act, and does not run it', async () => {
	const opened = await openScreen();
	await opened.press(':unmark');
	expect(opened.terminal.rows().join('\n')).toContain('(no host is marked)');
	await opened.press('\r');
	expect(opened.terminal.rows().join('\n')).toContain('Commands');
});

test('all hosts can be read anew from the palette', async () => {
	const opened = await openScreen();
	await opened.press(':read all hosts anew\r');
	expect(opened.refreshes).toEqual([null]);
});

test('pasted lines run no commands', async () => {
	const opened = await openScreen();
	await opened.press('\u001B[200~q!Z\nrm -rf\n\u001B[201~');
	expect(opened.terminal.rows().at(-1)).toContain('pasted text is not run');
	expect(opened.terminal.rows()[0]).not.toContain('FROZEN');
	await opened.press('Z! it\nquit now\nZ');
	expect(opened.terminal.rows()[0]).not.toContain('FROZEN');
});

test('a paste into the filter becomes one clean line', async () => {
	const opened = await openScreen();
	await opened.press('/');
	await opened.press('\u001B[200~host:web-07\n\u001B[31m\u001B[201~');
	await opened.press('\r');
	expect(opened.terminal.rows().at(-1)).toContain('filter host:web-07');
});

test('q closes what is open first, and only then the program, and the terminal is as it was', async () => {
	const opened = await openScreen();
	expect(opened.terminal.isOnAlternateScreen()).toBe(true);
	await opened.press('\r');
	await opened.press('q');
	expect(opened.terminal.rows().join('\n')).toContain('db-02');
	await opened.press('q');
	await expect(opened.screen.waitUntilExit()).resolves.toBe('quit');
	expectRestored(opened);
});

test('Control-C quits from within a prompt', async () => {
	const opened = await openScreen();
	await opened.press('/web');
	await opened.press('\u0003');
	await expect(opened.screen.waitUntilExit()).resolves.toBe('interrupted');
	expectRestored(opened);
});

test('closing from outside restores the terminal', async () => {
	const opened = await openScreen();
	opened.screen.close();
	await expect(opened.screen.waitUntilExit()).resolves.toBe('quit');
	expectRestored(opened);
});

test('a view that throws gives the terminal back and its error to the caller', async () => {
	const opened = await openScreen();
	const broken = createHost('broken');
	const hosts: FleetState['hosts'] = createFleet([broken]).hosts;
	Object.defineProperty(broken, 'readings', {
		get() {
			throw new Error('a bug in a view');
		},
	});
	opened.store.set({hosts});
	await expect(opened.screen.waitUntilExit()).rejects.toThrow('a bug in a view');
	expectRestored(opened);
});

function expectRestored({terminal}: Awaited<ReturnType<typeof openScreen>>): void {
	expect(terminal.isOnAlternateScreen()).toBe(false);
	expect(terminal.isCursorHidden()).toBe(false);
	expect(terminal.isRaw()).toBe(false);
	const output = terminal.takeOutput();
	expect(output.lastIndexOf('\u001B[?7h')).toBeGreaterThan(output.lastIndexOf('\u001B[?7l'));
	expect(output.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(output.lastIndexOf('\u001B[?2004h'));
}
