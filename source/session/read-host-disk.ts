/** Reads one part of what keeps a host's disk from whoever knows it: the engine, or the host's own directories. */
import {readLogFiles} from '../collectors/log-files.ts';
import type {DiskAccess} from '../collectors/ask-disk.ts';
import {readRegistryStorage} from '../collectors/registry-storage.ts';
import {readRootDirectories} from '../collectors/root-directories.ts';
import type {DiskUsage, DiskUsagePart, HostDiskUsage, HostDiskUsagePart} from '../model/disk-usage.ts';
import type {EngineOperator} from '../model/engine-operator.ts';
import type {Reading} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {Clock} from '../support/clock.ts';

export type HostDiskOptions = {
	readonly engine: () => EngineOperator | null;
	/** Null for an account without a shell. */
	readonly access: Omit<DiskAccess, 'signal'> | null;
	/** Where the engine keeps its data; null while it has not said. */
	readonly engineRoot: () => string | null;
	readonly clock: Clock;
};

export type HostDisk = {
	/** Rejects with `ReadingError`, or with the signal's reason. */
	read<Part extends HostDiskUsagePart>(part: Part, signal: AbortSignal): Promise<HostDiskUsage[Part]>;
	/** The engine's operator, which now also knows the parts that a shell tells; null while there is none. */
	engine(): EngineOperator | null;
};

export function createHostDisk({engine, access, engineRoot, clock}: HostDiskOptions): HostDisk {
	const reachEngine = (): EngineOperator => {
		const operator = engine();
		if (operator === null) throw new ReadingError('lost', 'the engine cannot be reached now');
		return operator;
	};
	const root = (): string => {
		const path = engineRoot();
		if (path === null) throw new ReadingError('not-found', 'the engine has not said where it keeps its data');
		return path;
	};
	const look = (signal: AbortSignal): DiskAccess => {
		if (access === null) throw new ReadingError('unsupported', 'this account gets no shell, only the engine');
		return {...access, signal};
	};
	const walks = createWalks(look, root, reachEngine);
	const read = async <Part extends HostDiskUsagePart>(
		part: Part,
		signal: AbortSignal,
	): Promise<HostDiskUsage[Part]> => {
		signal.throwIfAborted();
		const reading: Reading<unknown> = isWalked(part)
			? {kind: 'ok', value: await walks[part](signal), at: clock.now()}
			: await reachEngine().readDiskUsage(part as DiskUsagePart, signal);
		return reading as HostDiskUsage[Part];
	};
	let extended: {readonly of: EngineOperator; readonly operator: EngineOperator} | null = null;
	return {
		read,
		engine() {
			const operator = engine();
			if (operator === null) return null;
			if (extended?.of !== operator) {
				const readDiskUsage = <Part extends DiskUsagePart>(part: Part, signal: AbortSignal): Promise<DiskUsage[Part]> =>
					read(part, signal) as Promise<DiskUsage[Part]>;
				extended = {of: operator, operator: {...operator, readDiskUsage}};
			}
			return extended.operator;
		},
	};
}

type Walked = 'logFiles' | 'rootDirectories' | 'registries';

type Walk = {
	readonly [Part in Walked]: HostDiskUsage[Part] extends Reading<infer Value> ? Value : never;
};

function isWalked(part: HostDiskUsagePart): part is Walked {
	return part === 'logFiles' || part === 'rootDirectories' || part === 'registries';
}

type Walks = {readonly [Part in Walked]: (signal: AbortSignal) => Promise<Walk[Part]>};

function createWalks(
	look: (signal: AbortSignal) => DiskAccess,
	root: () => string,
	reachEngine: () => EngineOperator,
): Walks {
	return {
		logFiles: (signal) => readLogFiles(look(signal), root()),
		rootDirectories: (signal) => readRootDirectories(look(signal), root()),
		registries: async (signal) => {
			const disk = look(signal);
			const registries = await reachEngine().readRegistries(signal);
			return await readRegistryStorage(
				disk,
				registries.map(({paths, volumes, ...registry}) => ({
					...registry,
					paths: [...paths, ...volumes.map((volume) => `${root()}/volumes/${volume}/_data`)],
				})),
			);
		},
	};
}
