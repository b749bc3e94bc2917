/** What a person sees and does in the kernel tab. */
import {expect, test} from 'vitest';
import {createFleet, createHost} from './harness/host-fixture.ts';
import {
	createBoot,
	createBootHistory,
	createForbiddenHost,
	createIncident,
	createRecords,
	createTroubledHost,
} from './harness/kernel-fixture.ts';
import {openKernelTab, textOf} from './harness/open-kernel-tab.ts';
import type {OpenScreen} from './harness/open-screen.ts';

function rowWith({terminal}: OpenScreen, words: string): string {
	return terminal.rows().find((row) => row.includes(words)) ?? '';
}

test('the kernel tab in ASCII says the same', async () => {
	const opened = await openKernelTab(createTroubledHost(), {ascii: true});
	expect(textOf(opened)).toMatch(/^[ -~\n]*$/);
	expect(rowWith(opened, 'Kernel BUG')).toMatch(/^>X critical/);
});

test('a log without trouble is not called healthy', async () => {
	const opened = await openKernelTab(createHost('one', {kernelRecords: createRecords(['usb 1-1: new device', 'ok'])}));
	expect(opened.terminal.rows()[7]).toBe(' no known trouble in these 2 lines');
	expect(textOf(opened)).not.toContain('healthy');
});

test('what is only information does not hide that no trouble is known, and n does not stop at it', async () => {
	const kernelRecords = createRecords(['Linux version 6.1.0', 'EXT4-fs (sda1): mounted filesystem', 'ok']);
	const incidents = ['Kernel 6.1.0 booted', 'sda1 was mounted'].map((title, index) =>
		createIncident({id: `note-${index}`, severity: 'info', title, lines: [kernelRecords[index]?.text ?? '']}),
	);
	const opened = await openKernelTab({...createHost('one', {kernelRecords}), incidents});
	expect(opened.terminal.rows()[7]).toContain('no known trouble in these 3 lines · 2 incidents for information');
	expect(opened.terminal.rows()[8]).toMatch(/^›▪ info +Kernel 6.1.0 booted/);
	expect(textOf(opened)).not.toContain('sda1 was mounted');
	await opened.press('n');
	expect(opened.terminal.rows().at(-1)).toContain('no known trouble in this log');
	await opened.press('J');
	expect(textOf(opened)).toContain('sda1 was mounted');
	expect(rowWith(opened, 'mounted filesystem')).toMatch(/^›/);
});

test('n goes from one incident to the next older one, which is chosen then, and N back', async () => {
	const opened = await openKernelTab();
	await opened.press('n');
	expect(opened.terminal.rows().filter((row) => row.startsWith('›'))).toHaveLength(2);
	expect(rowWith(opened, '›▲')).toBe('');
	expect(rowWith(opened, 'EXT4 error on sda9')).toMatch(/^›/);
	await opened.press('n');
	expect(rowWith(opened, 'Kernel BUG')).toMatch(/^›/);
	expect(opened.terminal.rows().find((row) => row.includes('kernel BUG at'))).toMatch(/^›✖/);
	expect(rowWith(opened, 'Call Trace')).toMatch(/^│/);
	await opened.press('N');
	expect(rowWith(opened, 'EXT4 error on sda9')).toMatch(/^›/);
});

test('J and K choose incidents of the list; one whose lines are not kept any more can still be read', async () => {
	const opened = await openKernelTab();
	await opened.press('JJ');
	expect(rowWith(opened, 'NFS server')).toMatch(/^›/);
	expect(opened.terminal.rows().at(-1)).toContain('not among those kept');
	await opened.press('\r');
	expect(textOf(opened)).toContain('│ nfs: server nas01 not responding');
	await opened.press('K');
	expect(textOf(opened)).toContain('It may only be a consequence of: Kernel BUG');
	await opened.press('\u001B');
	await opened.terminal.waitFor((screen) => screen.includes('── held still') || screen.includes('── following'));
});

test('with a search, n looks for the search and not for incidents', async () => {
	const opened = await openKernelTab();
	await opened.press('/');
	await opened.press('veth1001\r');
	expect(opened.terminal.rows().find((row) => row.startsWith('› '))).toContain('veth1001');
	await opened.press('n');
	expect(opened.terminal.rows().find((row) => row.startsWith('› '))).toContain('veth1001');
});

test('the cursor stays on its line when the log is read anew', async () => {
	const opened = await openKernelTab();
	await opened.press('nn');
	expect(rowWith(opened, 'kernel BUG at')).toMatch(/^›✖/);
	const again = createTroubledHost();
	const kernelRecords = [...again.kernelRecords, ...createRecords(['a newer line'])].map((record) => ({...record}));
	opened.store.set(createFleet([{...again, kernelRecords}]));
	await opened.terminal.waitFor((screen) => screen.includes('of 38 lines'));
	expect(rowWith(opened, 'kernel BUG at')).toMatch(/^›✖/);
});

test('a time that may be off says so', async () => {
	const records = createRecords(['a sure one', 'an old one']).map((record, index) =>
		index === 0 ? record : {...record, atUncertaintyMs: 60_000},
	);
	const opened = await openKernelTab(createHost('one', {kernelRecords: records}));
	expect(rowWith(opened, 'a sure one')).toMatch(/^ {4}\d\d:/);
	expect(rowWith(opened, 'an old one')).toMatch(/^ {3}~\d\d:/);
});

test('lines that were lost are said to be, where they were', async () => {
	const opened = await openKernelTab(createTroubledHost(), {columns: 120, rows: 40});
	const rows = opened.terminal.rows();
	const at = rows.findIndex((row) => row.includes('… 120 lines lost here'));
	expect(rows[at + 1]).toContain('veth1020');
});

test('[ shows the boot before with its own incidents and log, ] leads back', async () => {
	const opened = await openKernelTab();
	expect(opened.terminal.rows()[6]).toContain('running boot · [ 2 earlier, boot -1');
	await opened.press('[');
	expect(opened.terminal.rows()[6]).toMatch(/^ boot -1, ended 2026-02-27 \d\d:\d\d: kernel panic: sysrq/);
	expect(rowWith(opened, 'Kernel panic: sysrq')).toMatch(/^›✖ panic/);
	expect(rowWith(opened, 'Trigger a crash')).not.toBe('');
	await opened.press('[');
	expect(opened.terminal.rows()[6]).toContain('boot -2');
	expect(textOf(opened)).toContain('pstore: not permitted: only root may read');
	await opened.press('[');
	expect(opened.terminal.rows().at(-1)).toContain('remembers no boot before this one');
	await opened.press(']]');
	expect(opened.terminal.rows()[6]).toContain('running boot');
	await opened.press(']');
	expect(opened.terminal.rows().at(-1)).toContain('this is the running boot');
});

test('the chosen boot stays the same one when the host boots again', async () => {
	const opened = await openKernelTab();
	await opened.press('[');
	const again = {
		...createTroubledHost(),
		bootHistory: createBootHistory([
			createBoot({index: -1, bootId: 'later'}),
			createBoot({index: -2, bootId: 'b-1', reason: 'kernel panic: sysrq triggered crash', ending: 'panic'}),
		]),
	};
	opened.store.set(createFleet([again]));
	await opened.terminal.waitFor((screen) => screen.includes(' boot -2, ended'));
	expect(opened.terminal.rows()[6]).toContain('kernel panic');
});

test('a host that has told of no boots says so', async () => {
	const opened = await openKernelTab(createHost('one'));
	await opened.press('[');
	expect(opened.terminal.rows()[6]).toContain('earlier boots are not read yet');
	expect(opened.terminal.rows().at(-1)).toContain('earlier boots are not known');
});

test('a forbidden log shows what would grant it and what is counted, and never calls that healthy', async () => {
	const opened = await openKernelTab(createForbiddenHost());
	expect(opened.terminal.rows()[6]).toContain('kernel log not permitted, tried /dev/kmsg, dmesg');
	expect(textOf(opened)).toContain('→ Where there is a journal: `sudo usermod');
	expect(textOf(opened)).toContain('no proof of health');
	expect(textOf(opened)).toContain('kills for memory not known');
	expect(textOf(opened)).not.toContain('no known trouble');
});

test('w continues long lines on the next one, to their last word', async () => {
	const opened = await openKernelTab();
	await opened.press('nn');
	expect(textOf(opened)).not.toContain('Standard PC');
	await opened.press('w');
	expect(textOf(opened).replaceAll(/\n│? +/g, '')).toContain('QEMU Standard PC');
	await opened.press('g');
	expect(textOf(opened)).toContain('veth1000');
});

test('y copies the lines of the chosen incident to the clipboard, and says what was done', async () => {
	const opened = await openKernelTab();
	opened.terminal.takeOutput();
	await opened.press('y');
	const [, base64 = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(opened.terminal.takeOutput()) ?? [];
	const copied = Buffer.from(base64, 'base64').toString();
	expect(copied.split('\n')).toHaveLength(9);
	expect(copied).toMatch(/^kernel BUG at fs\/ext4\/inode.c:2721!\n/);
	expect(opened.terminal.rows().at(-1)).toContain(
		'8 lines of the incident copied (OSC 52; your terminal must allow it)',
	);
});

test('within tmux the lines are also handed through to the terminal outside', async () => {
	const opened = await openKernelTab(createTroubledHost(), {tmux: true});
	opened.terminal.takeOutput();
	await opened.press('y');
	expect(opened.terminal.takeOutput()).toContain('\u001BPtmux;\u001B\u001B]52;c;');
});

test('Y copies what is on the screen, with times, and so does y where there is no incident', async () => {
	const opened = await openKernelTab(createHost('one', {kernelRecords: createRecords(['first', 'second'])}));
	for (const key of ['Y', 'y']) {
		opened.terminal.takeOutput();
		await opened.press(key);
		const [, base64 = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(opened.terminal.takeOutput()) ?? [];
		expect(Buffer.from(base64, 'base64').toString()).toBe('[86400.000000] first\n[86401.000000] second\n');
	}
});

test('an incident too long for the clipboard is copied as far as it fits, and that is said', async () => {
	const lines = Array.from({length: 60}, (_, index) => `${index} ${'x'.repeat(2000)}`);
	const host = {...createHost('one', {kernelRecords: createRecords(['a'])}), incidents: [createIncident({lines})]};
	const opened = await openKernelTab(host, {columns: 120});
	await opened.press('y');
	expect(opened.terminal.rows().at(-1)).toContain('the first 37 of 60 lines');
});

test('more incidents than fit are counted, and reached by moving on', async () => {
	const incidents = Array.from({length: 12}, (_, index) =>
		createIncident({id: `i${index}`, subject: `sd${index}`, title: `EXT4 error on sd${index}`}),
	);
	const host = {...createHost('one', {kernelRecords: createRecords(['a'])}), incidents};
	const opened = await openKernelTab(host);
	expect(textOf(opened)).toContain('… 8 more incidents');
	expect(opened.terminal.rows().filter((row) => row.includes('EXT4 error'))).toHaveLength(4);
	await opened.press('JJJJJJJJJJJJ');
	expect(rowWith(opened, 'EXT4 error on sd11')).toMatch(/^›/);
});

test('a log of 2,000 lines is scrolled without looking at all of them', async () => {
	const records = createRecords(Array.from({length: 2000}, (_, index) => `line ${index}`));
	let looks = 0;
	const counted = records.map((record) => ({
		...record,
		get text() {
			looks++;
			return record.text;
		},
	}));
	const opened = await openKernelTab(createHost('one', {kernelRecords: counted}));
	looks = 0;
	await opened.press('k');
	expect(opened.terminal.rows().at(-2)).toContain('line 1998');
	expect(looks).toBeLessThan(500);
});
