import {describe, expect, it} from 'vitest';
import {summarise, docker} from './troubles.ts';

describe('a storage driver', () => {
	it.each([
		[
			'aufs',
			'1.11.2',
			'3.16.0-4-amd64',
			['critical storage-driver-known-to-panic', 'notice storage-driver-deprecated'],
		],
		['aufs', '19.03.8', '5.4.0-42-generic', ['warning storage-driver-deprecated']],
		['overlay', '18.06.1-ce', '4.15.0', ['notice storage-driver-deprecated']],
		['overlay', '18.09.1', '4.15.0', ['warning storage-driver-deprecated']],
		[
			'overlay',
			'1.12.6',
			'3.10.0-327.36.3.el7.x86_64',
			['critical storage-driver-known-to-panic', 'notice storage-driver-deprecated'],
		],
		['overlay2', '20.10.24', '3.16.0-4-amd64', []],
		['vfs', '27.5.1', '6.1.0', ['warning storage-driver-copies']],
		['overlayfs', '29.0.1', '6.12.0', []],
	])('%s of engine %s on Linux %s', (driver, version, kernel, expected) => {
		expect(summarise(docker({driver, version, driverStatus: []}, kernel))).toEqual(expected);
	});

	it('of the containerd image store is not Docker’s overlay of old', () => {
		const driverStatus = [['driver-type', 'io.containerd.snapshotter.v1']] as const;
		expect(summarise(docker({driver: 'devicemapper', version: '29.0.1', driverStatus}))).toEqual([]);
	});

	it('without d_type is critical for engines that refuse it', () => {
		const driverStatus = [['Supports d_type', 'false']] as const;
		expect(summarise(docker({version: '17.09.0-ce', driverStatus}))).toEqual(['warning storage-driver-without-d-type']);
		expect(summarise(docker({version: '20.10.24', driverStatus}))).toEqual(['critical storage-driver-without-d-type']);
		expect(summarise(docker({version: '20.10.24', driverStatus: []}))).toEqual([]);
	});

	it('that fills its thin pool is warned of, critical near the end or below the engine’s own minimum', () => {
		const pool = (used: string, available: string) =>
			summarise(
				docker({
					driver: 'devicemapper',
					version: '17.03.0-ce',
					driverStatus: [
						['Data Space Used', used],
						['Data Space Total', '107.4 GB'],
						['Data Space Available', available],
						['Thin Pool Minimum Free Space', '10.74 GB'],
					],
				}),
			).filter((line) => line.includes('thin-pool'));
		expect(pool('60.2 GB', '47.2 GB')).toEqual([]);
		expect(pool('90.1 GB', '17.3 GB')).toEqual(['warning thin-pool-data-filling']);
		expect(pool('102.1 GB', '5.3 GB')).toEqual(['critical thin-pool-data-filling']);
		expect(pool('80.1 GB', '900 MB')).toEqual(['critical thin-pool-data-filling']);
		expect(pool('a lot', 'none')).toEqual([]);
	});
});
