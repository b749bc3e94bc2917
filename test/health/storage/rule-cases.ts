/** A case for every row of the rules; a test holds that none is missing. */
import type {StorageIncident} from '../../../source/health/storage/storage-facts.ts';
import type {GivenHost} from './given-host.ts';
import {poolDriverCases} from './pool-driver-cases.ts';
import type {RuleCase} from './rule-case.ts';
import {unionDriverCases} from './union-driver-cases.ts';

const logged = (via: string, severity: StorageIncident['severity']): GivenHost => ({
	further: {incidents: [{key: 'oops', via, severity, title: 'Kernel oops in ovl_copy_up_one [overlay]'}]},
});

export const ruleCases: readonly RuleCase[] = [
	...unionDriverCases,
	...poolDriverCases,
	// Whatever the driver
	['critical storage-driver-in-kernel-log', logged('overlay', 'panic'), logged('aufs', 'panic')],
	['warning storage-driver-in-kernel-log', logged('overlay', 'warning'), logged('overlay', 'info')],
	[
		'notice layer-directories-unknown',
		{further: {layerDirectories: 100, layersKnown: 80}},
		{further: {layerDirectories: 101, layersKnown: 82}},
	],
	[
		'notice layer-directories-unknown',
		{further: {layerDirectories: 100, layersKnown: 0}},
		{further: {layerDirectories: 100, layersKnown: null}},
	],
	// Engine and kernel
	[
		'critical engine-kernel-too-old',
		{driver: 'devicemapper', engine: '1.7.1', kernel: '2.6.32-754.35.1.el6.x86_64'},
		{driver: 'devicemapper', engine: '1.7.1', kernel: '3.8.13'},
	],
	['critical engine-kernel-too-old', {engine: '1.12.0', kernel: '3.8.13'}, {engine: '1.12.0', kernel: '3.10.0'}],
	['warning engine-kernel-too-old', {engine: '1.11.2', kernel: '3.8.13'}, {engine: '1.11.2', kernel: '3.10.0'}],
	[
		'notice kernel-memory-accounting-leaks',
		{engine: '19.03.15', kernel: '3.10.0-1062.1.2.el7.x86_64'},
		{engine: '19.03.15', kernel: '3.10.0-1062.4.1.el7.x86_64'},
	],
	['notice engine-known-to-hang', {engine: '1.12.6', hangs: true}, {engine: '1.12.6', hangs: false}],
	['notice engine-known-to-hang', {engine: '1.11.2', hangs: true}, {engine: '1.13.0', hangs: true}],
	['warning engine-dns-broken', {engine: '29.1.0'}, {engine: '29.1.1'}],
	['notice cgroup-v1-deprecated', {engine: '29.0.0', cgroups: '1'}, {engine: '28.5.2', cgroups: '1'}],
	['notice cgroup-v1-deprecated', {engine: '29.0.0', cgroups: '1'}, {engine: '29.0.0', cgroups: '2'}],
];
