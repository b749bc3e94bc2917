/** Saved logs, as somebody who is not on the host gets them. */
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {explainLogs} from '../../source/explain/explain-logs.ts';
import type {Explanation} from '../../source/explain/explanation.ts';
import {groupInputs} from '../../source/explain/group-inputs.ts';
import {createIncidentShelf} from '../../source/explain/incident-shelf.ts';
import {readLines} from '../../source/explain/read-lines.ts';
import {builtInCatalogue} from '../../source/health/kernel/built-in-catalogue.ts';
import {exitCodeOfExplanation} from '../../source/report/exit-code-of-explanation.ts';
import {formatExplanationText} from '../../source/report/format-explanation-text.ts';

/** Explains these files; a buffer is taken as it is, cut into chunks of a few bytes. */
function explain(files: Readonly<Record<string, string | Buffer>>, kernelRelease: string | null = null) {
	return explainLogs({
		groups: groupInputs(Object.keys(files)),
		readInput: (input, onLines) => readLines(input, chunksOf(Buffer.from(files[input] ?? '')), onLines),
		catalogue: builtInCatalogue(),
		kernelRelease,
		now: Date.UTC(2026, 10, 20, 14, 0, 0),
	});
}

function chunksOf(bytes: Buffer): Readable {
	const size = 100;
	const count = Math.ceil(bytes.length / size);
	return Readable.from(Array.from({length: count}, (_, index) => bytes.subarray(index * size, (index + 1) * size)));
}

const ext4 = (device: string): string =>
	`EXT4-fs error (device ${device}): ext4_lookup:1602: inode #71120: comm dockerd: deleted inode referenced: 2219004`;
const seen = ({incidents}: Explanation) =>
	incidents
		.filter(({severity}) => severity !== 'info')
		.map(({id, subject, file, host, boot}) => ({id, subject, file, host, boot}));

describe('a saved log', () => {
	test('is explained with what happened, when, and in which boot', async () => {
		const explanation = await explain({
			'kern.log': [
				'2026-11-20T10:00:00Z web-1 kernel: [    0.000000] Linux version 6.1.0-18-amd64',
				`2026-11-20T10:10:00Z web-1 kernel: [  600.000000] ${ext4('sda1')}`,
				`2026-11-20T10:20:00Z web-1 kernel: [ 1200.000000] ${ext4('sda1')}`,
				'2026-11-20T10:30:00Z web-1 sshd[9]: session opened',
				'2026-11-20T11:00:00Z web-1 kernel: [    0.000000] Linux version 6.1.0-18-amd64',
				`2026-11-20T11:10:00Z web-1 kernel: [  600.000000] ${ext4('sda1')}`,
			].join('\n'),
		});
		const [first, second] = explanation.incidents.filter(({id}) => id === 'ext4-error');
		expect(first).toMatchObject({
			count: 2,
			boot: 1,
			first: '2026-11-20T10:10:00.000Z',
			last: '2026-11-20T10:20:00.000Z',
		});
		expect(first).toMatchObject({firstSeconds: 600, lastSeconds: 1200, host: 'web-1', severity: 'critical'});
		expect(second).toMatchObject({count: 1, boot: 2});
		expect(explanation.logs).toEqual([{files: ['kern.log'], host: 'web-1', boots: 2}]);
		expect(explanation.lines).toEqual({read: 6, kernel: 5, programs: 1, unreadable: 0, lost: 0});
		expect(explanation.assumed).toEqual([]);
		expect(exitCodeOfExplanation(explanation)).toBe(2);
	});

	test('that was rotated is one log, in whatever order its files are named', async () => {
		const files = {
			'/var/log/kern.log': `Nov 20 13:00:00 web-1 kernel: [ 3000.000000] ${ext4('sda1')}\n`,
			'/var/log/kern.log.1': `Nov 19 13:00:00 web-1 kernel: [ 2000.000000] ${ext4('sda1')}\n`,
			'/var/log/kern.log.2.gz': gzipSync(`Nov 18 13:00:00 web-1 kernel: [ 1000.000000] ${ext4('sda1')}\n`),
		};
		const explanation = await explain(files);
		expect(explanation.incidents).toMatchObject([{count: 3, firstSeconds: 1000, lastSeconds: 3000}]);
		expect(explanation.logs).toEqual([
			{files: ['/var/log/kern.log.2.gz', '/var/log/kern.log.1', '/var/log/kern.log'], host: 'web-1', boots: 1},
		]);
		expect(explanation.assumed).toEqual(['year', 'zone']);
	});

	test('of a log server is taken apart by host; files that have nothing to do with each other are logs of their own', async () => {
		const explanation = await explain({
			all: `Nov 20 13:00:00 web-1 kernel: ${ext4('sda1')}\nNov 20 13:00:01 web-2 kernel: ${ext4('sda1')}\n`,
			'db.dmesg': `[   12.345678] ${ext4('sda1')}\n`,
		});
		expect(seen(explanation).map(({file, host}) => [file, host])).toEqual([
			['all', 'web-1'],
			['all', 'web-2'],
			['db.dmesg', null],
		]);
	});

	test('in parts that pstore wrote is read from its oldest part', async () => {
		const explanation = await explain({
			'pstore/dmesg-efi-1': 'Panic#1 Part1\n<0>[  433.901010] Kernel panic - not syncing: Fatal exception\n',
			'pstore/dmesg-efi-2': [
				'Panic#1 Part2',
				'<1>[  433.900112] BUG: kernel NULL pointer dereference, address: 0000000000000058',
				'<4>[  433.900200] Oops: 0000 [#1] SMP',
				'<4>[  433.900430] RIP: 0010:ovl_copy_up_one+0x1a3/0x920 [overlay]',
			].join('\n'),
		});
		expect(explanation.formats).toEqual(['pstore']);
		expect(seen(explanation)).toMatchObject([{id: 'panic-fatal-exception'}]);
		expect(explanation.incidents[0]?.title).toContain('ovl_copy_up_one');
	});

	test('written by PowerShell in UTF-16 is read like any other', async () => {
		const text = Buffer.concat([
			Buffer.from([0xff, 0xfe]),
			Buffer.from(`[   12.345678] ${ext4('sda1')}\r\n`, 'utf16le'),
		]);
		expect(seen(await explain({log: text}))).toMatchObject([{id: 'ext4-error', subject: 'sda1'}]);
	});

	test('says with --kernel which kernel it is from, where it does not itself', async () => {
		const files = {
			log: 'Aug 20 16:01:12 k7 kernel: SLUB: Unable to allocate memory on node -1, gfp=0x8020(GFP_ATOMIC)\n',
		};
		const [unknown] = (await explain(files)).incidents;
		const [known] = (await explain(files, '3.10.0-957.el7.x86_64')).incidents;
		expect([unknown?.severity, known?.severity]).toEqual(['warning', 'critical']);
	});
});

describe('what cannot all be read', () => {
	const line = `[   12.345678] ${ext4('sda1')}\n`;
	const zipped = gzipSync(
		line.repeat(2000) + Array.from({length: 5000}, (_, n) => `[ 13.${n}] ${n * 7919}\n`).join(''),
	);

	test('is explained up to where it breaks off, and the break is told', async () => {
		const explanation = await explain({'kern.log.gz': zipped.subarray(0, zipped.length - 2000)});
		expect(explanation.troubles).toEqual([expect.stringContaining('kern.log.gz is cut short')]);
		expect(explanation.incidents).toMatchObject([{id: 'ext4-error'}]);
		expect(explanation.lines.read).toBeGreaterThan(2000);
	});

	test('is no clean bill: a cut log without trouble, and one without a line, end with 3', async () => {
		const well = gzipSync(Array.from({length: 5000}, (_, n) => `[   13.00${n}] ${n * 7919}\n`).join(''));
		expect(exitCodeOfExplanation(await explain({log: well}))).toBe(0);
		expect(exitCodeOfExplanation(await explain({log: well.subarray(0, 5000)}))).toBe(3);
		expect(exitCodeOfExplanation(await explain({log: ''}))).toBe(3);
		expect(exitCodeOfExplanation(await explain({log: '\n\n'}))).toBe(3);
	});

	test.each<readonly [string, Buffer, string]>([
		['xz', Buffer.from('FD377A585A0000', 'hex'), 'xz -dc FILE | sickbay explain'],
		['zstd', Buffer.from('28B52FFD0000', 'hex'), 'zstd -dc FILE | sickbay explain'],
		['a journal', Buffer.from('LPKSHHRH....'), 'journalctl --file=FILE -k -o json | sickbay explain'],
		['a memory dump', Buffer.from('KDUMP   ....'), 'vmcore-dmesg.txt'],
	])('is named for what it is: %s', async (_name, bytes, hint) => {
		const explanation = await explain({file: bytes});
		expect(explanation.troubles.join()).toContain(hint);
		expect(exitCodeOfExplanation(explanation)).toBe(3);
	});

	test('as rubbish is counted as that, and harms nothing', async () => {
		const rubbish = Buffer.from(Array.from({length: 20_000}, (_, index) => (index * 7919 + (index >> 3)) % 256));
		const explanation = await explain({file: rubbish});
		expect(explanation.lines.unreadable).toBeGreaterThan(10);
		expect(seen(explanation)).toEqual([]);
		expect(formatExplanationText(explanation, {version: '0'})).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
	});
});

test('of very many incidents the worst are kept, and how many are not is told', () => {
	const shelf = createIncidentShelf(3);
	const one = (severity: 'critical' | 'info', boot: number) => ({severity, boot}) as Explanation['incidents'][number];
	for (let boot = 0; boot < 10; boot++) shelf.add([one('info', boot)]);
	shelf.add([one('critical', 11)]);
	expect(shelf.incidents().map(({boot}) => boot)).toEqual([11, 0, 1]);
	expect(shelf.incidents().length + shelf.leftOut()).toBe(11);
});

describe('the text', () => {
	test('of a log in which nothing known is found claims no more than that', async () => {
		const text = formatExplanationText(await explain({log: '[    1.000000] eth0: link up\n'}), {version: '0.1.0'});
		expect(text.replaceAll('\n', ' ')).toContain('Nothing known found in 1 kernel line; this is no proof');
	});

	test('fits its width, is free of control characters, and says what the dates leave out', async () => {
		const explanation = await explain({
			log: `Dec  3 04:12:08 web-1 kernel: [12.000000] ${ext4('sda\u001B[31m漢字')}\n`,
		});
		const text = formatExplanationText(explanation, {version: '0.1.0', columns: 60});
		expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
		expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
		expect(text.replaceAll('\n', ' ')).toContain(
			'does not give its year, taken as the latest possible, nor its time zone',
		);
	});
});
