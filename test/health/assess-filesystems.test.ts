import {describe, expect, it} from 'vitest';
import {assessHost} from '../../source/health/assess-host.ts';
import {GB, ok, sampleFilesystem, sampleIdentity, withReadings} from './sample-host.ts';
import {summarise, disk} from './troubles.ts';

describe('a file system', () => {
	const atRatio = (percent: number) => disk({usedBytes: percent * GB, availableBytes: (100 - percent) * GB});

	it('warns from 85 % and is critical from 95 %', () => {
		expect(summarise(atRatio(84.9))).toEqual([]);
		expect(summarise(atRatio(85))).toEqual(['warning filesystem-filling']);
		expect(summarise(atRatio(95))).toEqual(['critical filesystem-filling']);
	});

	it('counts what is reserved for root as taken, as df does', () => {
		expect(summarise(disk({sizeBytes: 100 * GB, usedBytes: 90 * GB, availableBytes: 1 * GB}))).toEqual([
			'critical filesystem-filling',
		]);
	});

	it('warns of inodes, and is fine without an inode table', () => {
		expect(summarise(disk({inodesUsed: 5_200_000}))).toEqual(['warning inodes-running-out']);
		expect(summarise(disk({inodesTotal: null, inodesUsed: null}))).toEqual([]);
		expect(summarise(disk({inodesTotal: 0, inodesUsed: 0}))).toEqual([]);
	});

	it('that is nobody’s business here is not judged', () => {
		expect(summarise(disk({roles: ['other'], usedBytes: 100 * GB, availableBytes: 0}))).toEqual([]);
	});

	it('names the part it plays', () => {
		const input = disk({
			mountPoint: '/var/lib/docker',
			roles: ['engine-root'],
			usedBytes: 94 * GB,
			availableBytes: 6 * GB,
		});
		expect(assessHost(input)[0]?.summary).toBe('engine root /var/lib/docker 94 % full');
		const summaries = assessHost(
			disk({roles: ['root', 'engine-root'], readOnly: true, inodesTotal: 1000, inodesUsed: 900}),
		);
		expect(summaries.map(({summary}) => summary).toSorted()).toEqual([
			'root file system is read-only',
			'root file system: 90 % of inodes used',
		]);
	});

	it.each([['engine-root' as const], ['containerd-root' as const]])(
		'of the %s is judged by bytes, inodes and whether it can be written to',
		(role) => {
			const place = {mountPoint: `/srv/${role}`, roles: [role]};
			expect(summarise(disk({...place, usedBytes: 96 * GB, availableBytes: 4 * GB}))).toEqual([
				'critical filesystem-filling',
			]);
			expect(summarise(disk({...place, inodesUsed: 5_900_000}))).toEqual(['critical inodes-running-out']);
			expect(summarise(disk({...place, readOnly: true}))).toEqual(['critical filesystem-read-only']);
		},
	);

	it('gone read-only is critical, as root and as the engine’s', () => {
		expect(summarise(disk({readOnly: true}))).toEqual(['critical filesystem-read-only']);
		expect(summarise(disk({readOnly: true, roles: ['engine-root']}))).toEqual(['critical filesystem-read-only']);
	});

	it.each([
		['squashfs', 'talos'],
		['erofs', 'fedora'],
		['overlay', 'fedora'],
		['iso9660', 'alpine'],
		['ext4', 'bottlerocket'],
		['ext2', 'cos'],
	])('delivered read-only (%s root on %s) is by design, and full by design', (type, id) => {
		const input = withReadings({
			identity: ok(sampleIdentity({os: {id, prettyName: id, versionId: null}})),
			filesystems: ok([sampleFilesystem({type, readOnly: true, usedBytes: 100 * GB, availableBytes: 0})]),
		});
		expect(summarise(input)).toEqual([]);
	});

	it('of the engine is critical when read-only even on an image-based system', () => {
		const input = withReadings({
			identity: ok(sampleIdentity({os: {id: 'flatcar', prettyName: 'Flatcar', versionId: null}})),
			filesystems: ok([sampleFilesystem({readOnly: true, roles: ['root', 'engine-root']})]),
		});
		expect(summarise(input)).toEqual(['critical filesystem-read-only']);
	});
});
