/** A host whose engine holds what a test gives it, writes down every request, and goes wrong when told to. */
import type {AuditTrail} from '../../../source/actions/audit/audit-trail.ts';
import {planPrune} from '../../../source/actions/prune/plan-prune.ts';
import {formatPruneCall, type PruneCall} from '../../../source/actions/prune/prune-calls.ts';
import type {PruneProgress} from '../../../source/actions/prune/prune-progress.ts';
import {runPrune, type RunPruneOptions} from '../../../source/actions/prune/run-prune.ts';
import type {AuditEntry} from '../../../source/model/audit-entry.ts';
import type {ContainerUse, DiskUsage, DiskUsagePart, ImageUse, VolumeUse} from '../../../source/model/disk-usage.ts';
import type {EngineOperator, Removal} from '../../../source/model/engine-operator.ts';
import type {HostOperator} from '../../../source/model/host-operator.ts';
import type {PrunePlan, PruneResult, PruneWishes} from '../../../source/model/prune-plan.ts';
import {ReadingError} from '../../../source/model/reading-error.ts';
import {systemClock} from '../../../source/support/clock.ts';
import {filesystem, inputOf, megabyte} from './sample-input.ts';

export type FakeHost = {
	readonly operator: HostOperator;
	readonly images: Map<string, ImageUse>;
	readonly containers: Map<string, ContainerUse>;
	readonly volumes: Map<string, VolumeUse>;
	/** Removals as they were asked for. */
	readonly asked: string[];
	usedBytes: number;
	isDown: boolean;
	/** Called before each removal; what it returns is the answer instead. */
	intercept: (call: string) => Removal | null;
	plan(wishes: Partial<PruneWishes>): PrunePlan;
};

export type Holdings = {
	readonly images?: readonly ImageUse[];
	readonly containers?: readonly ContainerUse[];
	readonly volumes?: readonly VolumeUse[];
};

export function createFakeHost({images = [], containers = [], volumes = []}: Holdings, name = 'web-07'): FakeHost {
	const host: FakeHost = {
		images: new Map(images.map((image) => [image.id, image])),
		containers: new Map(containers.map((container) => [container.id, container])),
		volumes: new Map(volumes.map((volume) => [volume.name, volume])),
		asked: [],
		usedBytes: 50_000 * megabyte,
		isDown: false,
		intercept: () => null,
		plan: (wishes) =>
			planPrune(
				inputOf(
					{
						images: [...host.images.values()],
						containers: [...host.containers.values()],
						volumes: [...host.volumes.values()],
					},
					wishes,
					{host: {key: name, name}, filesystem: filesystem(host.usedBytes, 1000 * megabyte)},
				),
			),
		operator: {
			hostKey: name,
			hostName: name,
			bootId: 'boot-1',
			isLocal: false,
			get engine() {
				return host.isDown ? null : engineOf(host);
			},
			run: () => Promise.resolve({kind: 'refused', detail: 'no shell here'}),
			readFilesystem: () => Promise.resolve(filesystem(host.usedBytes, 1000 * megabyte)),
			ended: new Promise(() => undefined),
		},
	};
	return host;
}

function engineOf(host: FakeHost): EngineOperator {
	const answer = async <T>(value: () => T): Promise<T> => {
		if (host.isDown) throw new ReadingError('lost', 'the engine is gone');
		return await Promise.resolve(value());
	};
	const remove = (operation: PruneCall['operation'], target: string, act: () => Removal): Promise<Removal> => {
		const call = formatPruneCall({operation, target});
		host.asked.push(call);
		return Promise.resolve(host.intercept(call) ?? act());
	};
	const take = (there: boolean, bytes = 0): Removal => {
		host.usedBytes -= there ? bytes : 0;
		return there ? {kind: 'removed', freedBytes: null, detail: ''} : {kind: 'gone'};
	};
	const reading = <T>(value: T) => ({kind: 'ok', value, at: 0}) as const;
	const lists: DiskUsage = {
		buildCache: reading([]),
		logFiles: reading([]),
		images: reading([...host.images.values()]),
		containers: reading([...host.containers.values()]),
		volumes: reading([...host.volumes.values()]),
	};
	return {
		apiVersion: '1.47',
		readDiskUsage: <Part extends DiskUsagePart>(part: Part) => answer(() => lists[part]),
		readParentImages: () => answer(() => []),
		readImageLayers: () => Promise.reject(new ReadingError('unsupported', 'no layers here')),
		readImageNames: (id) => answer(() => host.images.get(id)?.tags ?? null),
		readTagTimes: () => answer(() => new Map()),
		readFinishTimes: (ids) =>
			answer(() => new Map(ids.filter((id) => host.containers.has(id)).map((id) => [id, null]))),
		readImageUsers: () =>
			answer(() => {
				const users = new Map<string, string[]>();
				for (const {imageId, name} of host.containers.values())
					users.set(imageId, [...(users.get(imageId) ?? []), name]);
				return users;
			}),
		readRegistries: () => answer(() => []),
		removeImage: (target) => remove('removeImage', target, () => removeImage(host, target, take)),
		removeContainer: (id) =>
			remove('removeContainer', id, () => {
				const {writableBytes = 0} = host.containers.get(id) ?? {};
				return take(host.containers.delete(id), writableBytes ?? 0);
			}),
		removeVolume: (name) =>
			remove('removeVolume', name, () => {
				const {bytes = 0} = host.volumes.get(name) ?? {};
				return take(host.volumes.delete(name), bytes ?? 0);
			}),
		removeBuildCache: () => Promise.resolve({kind: 'gone'}),
	};
}

function removeImage(host: FakeHost, target: string, take: (there: boolean, bytes?: number) => Removal): Removal {
	const named = [...host.images.values()].find(({tags}) => tags.includes(target));
	if (named !== undefined && named.tags.length > 1) {
		host.images.set(named.id, {...named, tags: named.tags.filter((tag) => tag !== target)});
		return {kind: 'removed', freedBytes: null, detail: `untagged ${target}`};
	}
	const found = named ?? host.images.get(target);
	return take(found !== undefined && host.images.delete(found.id), found?.sizeBytes);
}

export type MemoryAudit = AuditTrail & {
	readonly entries: AuditEntry[];
	/** Lines still to be written before it fails. */
	room: number;
};

export function createMemoryAudit(): MemoryAudit {
	const audit: MemoryAudit = {
		entries: [],
		room: Number.POSITIVE_INFINITY,
		write(entry) {
			if (audit.entries.length >= audit.room) return Promise.reject(new Error('ENOSPC: no space left on device'));
			audit.entries.push(entry);
			return Promise.resolve();
		},
		close: () => Promise.resolve(),
	};
	return audit;
}

export type Run = {
	readonly result: PruneResult;
	readonly audit: MemoryAudit;
	readonly progress: readonly PruneProgress[];
	/** What became of each object, by its name. */
	readonly outcomes: Readonly<Record<string, string>>;
};

export async function runPlan(
	host: FakeHost,
	plan: PrunePlan,
	options: Partial<RunPruneOptions> & {readonly audit?: MemoryAudit} = {},
): Promise<Run> {
	const audit = options.audit ?? createMemoryAudit();
	const progress: PruneProgress[] = [];
	const result = await runPrune({
		plan,
		operator: host.operator,
		by: 'anna@laptop',
		clock: systemClock,
		signal: new AbortController().signal,
		onProgress: (event) => progress.push(event),
		...options,
		audit,
	});
	const outcomes = plan.items.map(({key, names, id}) => {
		const outcome = result.outcomes.get(key);
		const detail = outcome !== undefined && 'detail' in outcome ? `: ${outcome.detail}` : '';
		return [names[0] ?? id, `${outcome?.kind ?? 'none'}${detail}`] as const;
	});
	return {result, audit, progress, outcomes: Object.fromEntries(outcomes)};
}
