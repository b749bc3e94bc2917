/** A host all of whose texts try to take over the screen, read by the parsers and mappers that read real hosts. */
import {parseHello} from '../../../source/collectors/hello.ts';
import {parseFilesystems} from '../../../source/collectors/parse-filesystems.ts';
import {createMethodReader} from '../../../source/collectors/method-reader.ts';
import {mapContainers} from '../../../source/engine/map-container.ts';
import {mapEngineInfo} from '../../../source/engine/map-engine-info.ts';
import {mapImageTotals} from '../../../source/engine/map-images.ts';
import type {HostEvent} from '../../../source/fleet/fleet-event.ts';
import type {KernelRecord} from '../../../source/model/kernel-log.ts';
import {fixtureNow} from './host-fixture.ts';

/** Each holds the word `owned`, so that a test can see where a text ended up. */
export const hostileTexts: readonly string[] = [
	'\u001B[2J\u001B[1;1H\u001B[31mowned',
	'\u001B]0;owned\u0007\u001B]52;c;b3duZWQ=\u0007owned',
	'\u001B]8;;http://example.com/\u001B\\owned\u001B]8;;\u001B\\',
	'\u001B[?1049l\u001B[?7h\u001B[?25h\u001Bcowned',
	'\u009B2J\u0090owned\u009C\u0085\u008D',
	'\u001BP1$rowned\u001B\\ \u001B_owned\u001B\\ \u001B[',
	'owned\nsecond line\r\nthird\u2028fourth\u2029fifth\u000Bsixth\fseventh',
	'owned\r\r\rover the start\b\b\b\b\b\u007F\u0000',
	'owned\u202Etxt.exe\u2066\u2067\u2069\u200F\u061C',
	`owned${'\u0351\u0489'.repeat(400)}`,
	'\tow\tned\towned',
	'owned\u200B\u200D\u2060\uFEFF\u{E0041}\uDC00\uD83D',
	'owned👩‍👩‍👧‍👦🏳️‍🌈☺️1️⃣ｈ漢字한',
	`owned ${'x'.repeat(10_000)}`,
	`owned ${'漢'.repeat(10_000)}`,
	`owned ${'\u001B[31m'.repeat(10_000)}`,
];

const containers = mapContainers(
	hostileTexts.flatMap((text, index) =>
		['Up 2 hours (unhealthy)', 'Up 2 hours'].map((status) => ({
			Id: `${index}-${status}`,
			Names: [`/${text}`],
			Image: text,
			ImageID: text,
			Command: text,
			Created: 1_795_188_369,
			Ports: [{IP: text, PrivatePort: 80, PublicPort: 8080, Type: text}],
			Labels: {[text]: text},
			State: 'running',
			Status: `${status} ${text}`,
		})),
	),
	() => [],
);

const images = mapImageTotals(
	hostileTexts.map((text, index) => ({Id: `${index}`, RepoTags: [text], Size: 1e9 + index, Created: 1_795_188_369})),
);

const engine = mapEngineInfo(
	{Version: hostileTexts[0], ApiVersion: hostileTexts[1], Components: [{Name: 'Engine'}]},
	{
		Driver: hostileTexts[6],
		DriverStatus: hostileTexts.map((text) => [text, text]),
		DockerRootDir: hostileTexts[8],
		Warnings: hostileTexts,
		Swarm: {LocalNodeState: hostileTexts[3]},
	},
	hostileTexts[12] ?? '',
);

const oneLine = (text: string): string => text.replaceAll('\n', ' ');

const {identity} = parseHello(
	new Map([
		['uname', `Linux\n${oneLine(hostileTexts[8] ?? '')}\n${hostileTexts[4] ?? ''}`],
		['hostname', hostileTexts[0] ?? ''],
		['boot-id', hostileTexts[2] ?? ''],
		['uptime', '7200.5 9000'],
		['os-release', `ID=debian\nPRETTY_NAME="${oneLine(hostileTexts[3] ?? '')}"\nVERSION_ID=12`],
	]),
);

const hostileMount = oneLine(hostileTexts[0] ?? '').replaceAll(' ', '\\040');

const filesystems = parseFilesystems(
	new Map([
		['mounts', `${hostileMount} / ${hostileMount} rw 0 0`],
		['df', `Filesystem 1024-blocks Used Available Capacity Mounted on\n${hostileMount} 1000000 990000 10000 99% /`],
		['df-inodes', ''],
	]),
	{engineRoot: '/', containerdRoot: null},
);

/** As /dev/kmsg prints it: what is unprintable comes as `\xNN`. */
const asKmsg = (text: string): string =>
	[...Buffer.from(text)]
		.map((byte) =>
			byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte),
		)
		.join('');

const readers = {
	kmsg: createMethodReader('kmsg', {bootedAtMs: fixtureNow - 60_000, now: fixtureNow}),
	dmesg: createMethodReader('dmesg', {now: fixtureNow}),
	journalctl: createMethodReader('journalctl', {now: fixtureNow}),
};

const kernelRecords: readonly KernelRecord[] = hostileTexts.flatMap((text, index) => {
	const sick = `EXT4-fs error (device ${text.slice(0, 200)}): ext4_find_entry:1455: inode #2: comm ${text.slice(0, 40)}`;
	const entry = {_TRANSPORT: 'kernel', MESSAGE: text, SYSLOG_FACILITY: '0', PRIORITY: '2'};
	return [
		...readers.kmsg.read([
			`2,${index},5000000,-;${asKmsg(text)}`,
			`2,${index},5000000,-;${text}`,
			`2,${index},5000000,-;${asKmsg(sick)}`,
		]),
		...readers.dmesg.read([`<2>[    5.000000] ${text}`]),
		...readers.journalctl.read([JSON.stringify(entry)]),
	];
});

/** What a session would say of such a host, all of it. */
export const hostileEvents: readonly HostEvent[] = [
	{kind: 'attempt-started'},
	{kind: 'connected', transport: 'ssh2', address: 'ops@10.0.0.66:22'},
	{kind: 'ladder-changed', ladder: {reached: 'list', broken: null}},
	{kind: 'reading', name: 'identity', reading: {kind: 'ok', value: identity, at: fixtureNow}},
	{kind: 'reading', name: 'filesystems', reading: {kind: 'ok', value: filesystems, at: fixtureNow}},
	{kind: 'reading', name: 'engine', reading: {kind: 'ok', value: engine, at: fixtureNow}},
	{kind: 'reading', name: 'containers', reading: {kind: 'ok', value: containers, at: fixtureNow}},
	{kind: 'reading', name: 'images', reading: {kind: 'ok', value: images, at: fixtureNow}},
	{
		kind: 'reading',
		name: 'kernelLog',
		reading: {kind: 'ok', value: {method: 'kmsg', live: true}, at: fixtureNow},
	},
	{kind: 'kernel-records', records: kernelRecords},
];
