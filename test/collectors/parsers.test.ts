import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parseHello} from '../../source/collectors/hello.ts';
import {parseOsRelease} from '../../source/collectors/os-release.ts';
import {parseFilesystems} from '../../source/collectors/parse-filesystems.ts';
import {parseVitals} from '../../source/collectors/vitals.ts';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
const answer = (sections: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(sections));

const hello = {
	uid: '1000',
	user: 'ops',
	uname: 'Linux\n3.16.0-4-amd64\nx86_64',
	hostname: 'web-07',
	'boot-id': '0996bb98-9c1c-433d-afc3-2c9db1985090',
	uptime: '1634.53 3035.10',
	clock: '1795188640',
	'os-release': 'PRETTY_NAME="Debian GNU/Linux 8 (jessie)"\nVERSION_ID="8"\nID=debian',
	cpus: '2',
	'docker-host': '',
	'engine-sockets': '/var/run/docker.sock\t-\n/run/user/1000/docker.sock\trw',
	'engine-programs': '/usr/bin/docker',
	sudo: 'no',
};

test('a host introduces itself', () => {
	expect(parseHello(answer(hello))).toEqual({
		identity: {
			hostname: 'web-07',
			bootId: '0996bb98-9c1c-433d-afc3-2c9db1985090',
			uptimeSeconds: 1634.53,
			clockAt: 1_795_188_640_000,
			os: {id: 'debian', prettyName: 'Debian GNU/Linux 8 (jessie)', versionId: '8'},
			kernel: {name: 'Linux', release: '3.16.0-4-amd64', machine: 'x86_64'},
			userId: 1000,
		},
		user: 'ops',
		cpuCount: 2,
		dockerHost: null,
		engineSockets: [
			{path: '/var/run/docker.sock', usable: false},
			{path: '/run/user/1000/docker.sock', usable: true},
		],
		enginePrograms: ['/usr/bin/docker'],
		sudo: 'no',
	});
});

test('a host without boot id, clock or os-release is unknown there, not empty', () => {
	const {identity} = parseHello(answer({uname: 'Linux\n2.6.32\nx86_64', uptime: '12.5 3', 'boot-id': ''}));
	expect([identity.bootId, identity.clockAt, identity.userId]).toEqual([null, null, null]);
	expect(identity.os).toEqual({id: 'linux', prettyName: 'Linux 2.6.32', versionId: null});
});

test('a macOS host tells its uptime through sysctl', () => {
	const facts = parseHello(
		answer({uname: 'Darwin\n23.1.0\narm64', uptime: '{ sec = 1795188000, usec = 12 } Fri Nov 20', clock: '1795188640'}),
	);
	expect(facts.identity.uptimeSeconds).toBe(640);
});

test('a host that cannot say how long it is up is a failed reading, not a host that has just booted', () => {
	expect(() => parseHello(answer({uname: 'AIX'}))).toThrow(/how long/);
});

test('os-release is unquoted as a shell would', () => {
	const fields = parseOsRelease(`# c\nNAME='A B'\nPRETTY_NAME="say \\"hi\\" \\$x"\nID=alpine\nBAD LINE\nE=\u001B[2Jx`);
	expect(Object.fromEntries(fields)).toEqual({NAME: 'A B', PRETTY_NAME: 'say "hi" $x', ID: 'alpine', E: 'x'});
});

const vitals = {
	loadavg: '1.20 0.46 0.21 3/161 16612',
	meminfo: 'MemTotal: 24684084\nMemFree: 23568592\nMemAvailable: 24035772\nSwapTotal: 0\nSwapFree: 0',
	uptime: '1634.54 3035.10',
	'pressure-cpu': 'some avg10=17.06 avg60=11.04 avg300=5.08 total=44017698',
	'pressure-memory': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=1.50 avg60=0.00 avg300=0.00 total=0',
	'pressure-io': '',
};

test('load, memory and pressure are read in bytes and ratios', () => {
	const read = parseVitals(answer(vitals), 2);
	expect(read.memoryTotalBytes).toBe(24_684_084 * 1024);
	expect(read.pressure.cpu?.some).toBeCloseTo(0.1706);
	expect(read.pressure).toMatchObject({cpu: {full: null}, memory: {some: 0, full: 0.015}, io: null});
});

test('a kernel before 3.14 leaves available memory unknown', () => {
	expect(
		parseVitals(answer({...vitals, meminfo: 'MemTotal: 1000\nMemFree: 10'}), null).memoryAvailableBytes,
	).toBeNull();
});

test('a host without /proc is a failed reading, never zero load', () => {
	expect(() => parseVitals(answer({loadavg: '', meminfo: ''}), null)).toThrow(/not Linux/);
	expect(() => parseVitals(answer({...vitals, loadavg: 'nonsense'}), null)).toThrow(/load/);
});

test('one disk bound twice is one file system with all its roles', () => {
	const [only, ...others] = parseFilesystems(
		answer({mounts: fixture('mounts.txt'), df: fixture('df.txt'), 'df-inodes': fixture('df-inodes.txt')}),
		{engineRoot: '/tmp/eng/data', containerdRoot: '/var/lib/containerd'},
	);
	expect(others).toEqual([]);
	expect(only).toMatchObject({
		mountPoint: '/',
		device: '/dev/vda',
		type: 'ext4',
		roles: ['root', 'engine-root', 'containerd-root'],
		readOnly: false,
		sizeBytes: 264_212_084 * 1024,
		inodesTotal: 16_777_216,
	});
});

const header = 'Filesystem 1024-blocks Used Available Capacity Mounted on\n';

test('wrapped device names, spaces, escapes, read-only remounts and missing inodes are read', () => {
	const filesystems = parseFilesystems(
		answer({
			mounts:
				'/dev/mapper/a / ext4 rw 0 0\n//srv/my\\040share /data\\040disk btrfs rw 0 0\n//srv/my\\040share /data\\040disk btrfs ro,space_cache 0 0',
			df: `${header}/dev/mapper/a-very-long-volume-name\n   100 40 60 40% /\n//srv/my share 200 190 -5 99% /data disk`,
			'df-inodes': `${header}/dev/mapper/a - - - - /\n//srv/my share 0 0 0 - /data disk`,
		}),
		{engineRoot: '/data disk/docker', containerdRoot: null},
	);
	expect(filesystems).toMatchObject([
		{mountPoint: '/', roles: ['root'], readOnly: false, sizeBytes: 102_400, inodesTotal: null},
		{
			mountPoint: '/data disk',
			type: 'btrfs',
			roles: ['engine-root'],
			readOnly: true,
			availableBytes: 0,
			inodesTotal: null,
		},
	]);
});

test('an engine root behind a symbolic link is found by the order of the rows', () => {
	const filesystems = parseFilesystems(
		answer({
			mounts: '/dev/a / ext4 rw 0 0\n/dev/b /big ext4 rw 0 0',
			df: `${header}/dev/a 9 1 8 9% /\n/dev/b 9 1 8 9% /big`,
		}),
		{engineRoot: '/var/lib/docker', containerdRoot: null},
	);
	expect(filesystems.map(({mountPoint, roles}) => [mountPoint, roles])).toEqual([
		['/', ['root']],
		['/big', ['engine-root']],
	]);
});

test('where df left a path out, the mount point above it has the role', () => {
	const filesystems = parseFilesystems(
		answer({
			mounts: '/dev/a / ext4 rw 0 0\n/dev/b /var/lib ext4 rw 0 0',
			df: `${header}/dev/a 9 1 8 9% /\n/dev/b 9 1 8 9% /var/lib`,
		}),
		{engineRoot: '/var/lib/docker', containerdRoot: '/var/library'},
	);
	expect(filesystems.map(({roles}) => roles)).toEqual([['root', 'containerd-root'], ['engine-root']]);
});

test('no mount table, or no row of df, is a failed reading, never an empty list', () => {
	expect(() => parseFilesystems(answer({df: header}), {engineRoot: null, containerdRoot: null})).toThrow(/not Linux/);
	const noRows = answer({mounts: '/dev/a / ext4 rw 0 0', df: ''});
	expect(() => parseFilesystems(noRows, {engineRoot: null, containerdRoot: null})).toThrow(/df/);
});
