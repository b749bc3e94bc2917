/** A host with a given engine, driver and kernel, brought in the way a real one is: through the engine's own answers. */
import {readFileSync} from 'node:fs';
import {mapEngineInfo} from '../../../source/engine/map-engine-info.ts';
import type {HealthInput} from '../../../source/health/health-input.ts';
import {matchStorageRules} from '../../../source/health/storage/assess-storage.ts';
import {
	gatherStorageFacts,
	type FurtherStorageFacts,
	type StorageFacts,
} from '../../../source/health/storage/storage-facts.ts';
import type {StorageRule} from '../../../source/health/storage/storage-rule.ts';
import type {Filesystem, HostIdentity} from '../../../source/model/readings.ts';
import {brokenRung, healthyInput, healthyReadings, ok, sampleIdentity} from '../sample-host.ts';

/** The part of `GET /info` that is read. */
export type InfoDocument = {
	readonly Driver: string;
	readonly DriverStatus: readonly (readonly [string, string])[] | null;
	readonly ServerVersion: string;
	readonly KernelVersion?: string;
	readonly CgroupVersion?: string;
	readonly Warnings?: readonly string[] | null;
};

export type GivenHost = {
	readonly driver?: string;
	readonly engine?: string;
	readonly kernel?: string;
	readonly os?: readonly [id: string, versionId: string];
	readonly status?: InfoDocument['DriverStatus'];
	readonly cgroups?: string;
	readonly filesystems?: readonly Filesystem[];
	readonly hangs?: boolean;
	readonly further?: FurtherStorageFacts;
};

export function inputOf(given: GivenHost): HealthInput {
	const {driver = 'overlay2', engine = '27.5.1', kernel = '6.1.0-18-amd64', status = [], cgroups = '2'} = given;
	const info: InfoDocument = {Driver: driver, DriverStatus: status, ServerVersion: engine, CgroupVersion: cgroups};
	const base = inputOfInfo({...info, KernelVersion: kernel}, given.os);
	const readings = given.filesystems === undefined ? {} : {filesystems: ok(given.filesystems)};
	return {
		...base,
		readings: {...base.readings, ...readings},
		...(given.hangs === true ? {ladder: {reached: 'ping', broken: brokenRung('list', 'engine-hung')}} : {}),
	};
}

export function inputOfInfo(info: InfoDocument, os?: GivenHost['os']): HealthInput {
	const version = {Version: info.ServerVersion, ApiVersion: '1.41', GitCommit: '5d6db84'};
	const release = info.KernelVersion;
	const identity: Partial<HostIdentity> = {
		...(release === undefined ? {} : {kernel: {name: 'Linux', release, machine: 'x86_64'}}),
		...(os === undefined ? {} : {os: {id: os[0], prettyName: os[0], versionId: os[1]}}),
	};
	return healthyInput({
		readings: healthyReadings({
			engine: ok(mapEngineInfo(version, info, '/var/run/docker.sock')),
			identity: ok(sampleIdentity(identity)),
		}),
	});
}

export function factsOf(given: GivenHost): StorageFacts {
	return knownFacts(gatherStorageFacts(inputOf(given), given.further));
}

export function factsOfInfo(info: InfoDocument, os?: GivenHost['os']): StorageFacts {
	return knownFacts(gatherStorageFacts(inputOfInfo(info, os)));
}

function knownFacts(facts: StorageFacts | null): StorageFacts {
	if (facts === null) throw new Error('the engine did not count as one of Docker');
	return facts;
}

export function matchedRules(given: GivenHost): readonly StorageRule[] {
	return matchStorageRules(factsOf(given)).map(({rule}) => rule);
}

/** `critical storage-driver-removed`, in the order of the rules. */
export function namesOf(facts: StorageFacts): readonly string[] {
	return matchStorageRules(facts).map(({rule}) => `${rule.severity} ${rule.id}`);
}

/** See fixtures/README.md. */
export function recordedInfo(name: string): InfoDocument {
	return JSON.parse(
		readFileSync(new URL(`fixtures/docker-20.10-${name}.json`, import.meta.url), 'utf8'),
	) as InfoDocument;
}
