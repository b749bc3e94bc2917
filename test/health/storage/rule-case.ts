/** A case of a rule: the finding, a host it speaks of, and its nearest neighbour, of which it says nothing. */
import type {Filesystem} from '../../../source/model/readings.ts';
import {GB, sampleFilesystem} from '../sample-host.ts';
import type {GivenHost, InfoDocument} from './given-host.ts';

export type Status = InfoDocument['DriverStatus'];

export type RuleCase = readonly [finding: string, speaksOf: GivenHost, silentOn: GivenHost];

/** `3.10.0-1160` is the last kernel of RHEL 7. */
export const el7 = '3.10.0-1160.119.1.el7.x86_64';

export const backedBy = (name: string): Status => [['Backing Filesystem', name]];

/** The engine's root, that many percent full. */
export const full = (percent: number, change: Partial<Filesystem> = {}): Filesystem =>
	sampleFilesystem({
		mountPoint: '/var/lib/docker',
		roles: ['engine-root'],
		usedBytes: percent * GB,
		availableBytes: (100 - percent) * GB,
		...change,
	});
