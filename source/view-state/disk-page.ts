/** What the disk tab lists, remembered per reading: frames come far more often than answers, and images are many. */
import {selectDiskCauses, type DiskCause} from '../fleet/select-disk-causes.ts';
import {selectImageRows, type ImageRows} from '../fleet/select-image-rows.ts';
import type {HostState} from '../fleet/fleet-state.ts';
import {selectEngineRoot} from '../fleet/select-host-numbers.ts';
import type {ContainerUse, VolumeUse} from '../model/disk-usage.ts';
import {valueOf, type Reading} from '../model/reading.ts';

export type DiskPage = {
	readonly causes: readonly DiskCause[];
	/** Null while the images are not known. */
	readonly images: ImageRows | null;
	/** Largest writable layer first. */
	readonly containers: readonly ContainerUse[];
	readonly containerNames: ReadonlyMap<string, string>;
	/** Largest first. */
	readonly volumes: readonly VolumeUse[];
	readonly usedBytes: number | null;
};

export type DiskSelector = (host: HostState) => DiskPage;

/** Remembers what it made of the last host's readings only. */
export function createDiskSelector(): DiskSelector {
	const rememberImages = remember(selectImageRows);
	const rememberPage = remember(selectPage);
	return (host) => {
		const {images, containers} = host.diskUsage;
		const isFullCopy = valueOf(host.readings.engine)?.driver === 'vfs';
		const rows = images.kind === 'ok' ? rememberImages(images.value, valueOf(containers), isFullCopy) : null;
		return rememberPage(host.diskUsage, host.readings.engine, host.readings.filesystems, rows);
	};
}

function selectPage(
	usage: HostState['diskUsage'],
	engine: HostState['readings']['engine'],
	filesystems: HostState['readings']['filesystems'],
	images: ImageRows | null,
): DiskPage {
	const filesystem = selectEngineRoot(valueOf(filesystems) ?? []);
	const containers = listOf(usage.containers);
	return {
		causes: selectDiskCauses({usage, images: images?.total ?? null, engine: valueOf(engine), filesystem}),
		images,
		containers: containers.toSorted((one, other) => (other.writableBytes ?? -1) - (one.writableBytes ?? -1)),
		containerNames: new Map(containers.map(({id, name}) => [id, name])),
		volumes: listOf(usage.volumes).toSorted((one, other) => (other.bytes ?? -1) - (one.bytes ?? -1)),
		usedBytes: filesystem?.usedBytes ?? null,
	};
}

function listOf<T>(reading: Reading<readonly T[]>): readonly T[] {
	return valueOf(reading) ?? [];
}

/** The very same result for the very same arguments as last time. */
function remember<Arguments extends readonly unknown[], Result>(
	select: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
	let last: {readonly given: Arguments; readonly result: Result} | null = null;
	return (...given) => {
		const before = last?.given;
		if (last !== null && given.every((value, index) => value === before?.[index])) return last.result;
		last = {given, result: select(...given)};
		return last.result;
	};
}
