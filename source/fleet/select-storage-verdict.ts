/** What the rules about storage say of a host, with the facts they rest on and those that are missing. */
import {usedRatio} from '../health/filesystem-usage.ts';
import {gatherStorageFacts, type StorageFacts} from '../health/storage/storage-facts.ts';
import {storageRuleIds} from '../health/storage/storage-rules.ts';
import type {Finding} from '../model/finding.ts';
import {isConnected} from '../model/ladder.ts';
import type {EngineInfo, Filesystem} from '../model/readings.ts';
import {formatRatio} from '../support/format.ts';
import type {HostState} from './fleet-state.ts';
import {selectInodeRatio} from './select-host-numbers.ts';

export type StorageVerdict = {
	/** Name and value, as shown. */
	readonly facts: readonly (readonly [string, string])[];
	/** Null where the rules were applied, else why not. */
	readonly notJudged: string | null;
	/** Worst first. */
	readonly findings: readonly Finding[];
	/** `Engine 27.5.1, overlay2 on extfs, Linux 6.1.0-18-amd64`. */
	readonly combination: string;
	/** What the rules would have looked at and nobody told. */
	readonly unknown: readonly string[];
};

/** `now` in milliseconds since the epoch. */
export function selectStorageVerdict(host: HostState, engine: EngineInfo, now: number): StorageVerdict {
	const facts = gatherStorageFacts({readings: host.readings, ladder: host.ladder, now});
	if (facts === null) {
		const notJudged = `Not judged: the rules are about Docker’s drivers, and this engine is ${engine.product === 'other' ? 'another' : engine.product}.`;
		return {facts: [], notJudged, findings: [], combination: '', unknown: []};
	}
	return {
		facts: describeFacts(facts),
		notJudged: isConnected(host.ladder) ? null : 'Not judged while the host is not connected.',
		findings: host.findings.filter(({id}) => storageRuleIds.has(id)),
		combination: describeCombination(facts),
		unknown: missingFacts(facts),
	};
}

function describeFacts(facts: StorageFacts): StorageVerdict['facts'] {
	const {store, backingFilesystem, kernel, engineRoot, containerdRoot} = facts;
	return [
		['kernel', kernel?.text ?? '–'],
		['images kept by', store === 'containerd' ? 'the containerd image store' : 'the engine'],
		['file system below', backingFilesystem ?? '–'],
		['engine root', describeRoot(engineRoot)],
		['containerd root', describeRoot(containerdRoot)],
	];
}

function describeRoot(filesystem: Filesystem | null): string {
	if (filesystem === null) return '–';
	const {mountPoint, type, readOnly} = filesystem;
	const bytes = usedRatio(filesystem);
	const inodes = selectInodeRatio(filesystem);
	return [
		`on ${mountPoint} (${type})`,
		...(bytes === null ? [] : [`${formatRatio(bytes)} full`]),
		...(inodes === null ? [] : [`${formatRatio(inodes)} of inodes used`]),
		...(readOnly ? ['read-only'] : []),
	].join(', ');
}

function describeCombination({engine, driver, backingFilesystem, kernel}: StorageFacts): string {
	const below = backingFilesystem === null ? '' : ` on ${backingFilesystem}`;
	return `Engine ${engine.text}, ${driver}${below}${kernel === null ? '' : `, Linux ${kernel.text}`}`;
}

function missingFacts(facts: StorageFacts): readonly string[] {
	const {driver, store, engine, kernel, backingFilesystem, supportsDType, engineRoot, thinPool, zpool} = facts;
	const isOverlay = store === 'graph-driver' && (driver === 'overlay' || driver === 'overlay2');
	const missing: readonly (readonly [string, boolean])[] = [
		['the kernel’s release', kernel === null],
		['the engine’s version', engine.version === null],
		['the file system below the driver', backingFilesystem === null],
		['whether it tells file types (d_type)', isOverlay && supportsDType === null],
		['how full the engine’s root is', engineRoot === null],
		['how full the thin pool is', driver === 'devicemapper' && (thinPool?.data ?? null) === null],
		['the health of the zpool', driver === 'zfs' && store === 'graph-driver' && (zpool?.health ?? null) === null],
	];
	return missing.filter(([, isMissing]) => isMissing).map(([name]) => name);
}
