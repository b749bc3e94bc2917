/** Judges how full devicemapper's thin pool is, by the sizes the engine prints in its driver status. */
import type {Finding, Severity} from '../model/finding.ts';
import type {EngineInfo} from '../model/readings.ts';
import {formatBytes, formatRatio} from '../support/format.ts';
import {statusOf} from './assess-storage-driver.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';

/** Metadata fails harder than data, and earlier: stratisd#914, moby#26015, moby#20272. The ratios are our choice. */
const limits = {Data: {warning: 0.8, critical: 0.9}, Metadata: {warning: 0.7, critical: 0.85}} as const;

export function assessThinPool(input: HealthInput): readonly Finding[] {
	const engine = freshValue('engine', input);
	if (engine === null || engine.driver !== 'devicemapper') return [];
	return [...assessSpace(engine, 'Data'), ...assessSpace(engine, 'Metadata')];
}

function assessSpace(engine: EngineInfo, kind: keyof typeof limits): readonly Finding[] {
	const usedBytes = parseHumanSize(statusOf(engine, `${kind} Space Used`));
	const totalBytes = parseHumanSize(statusOf(engine, `${kind} Space Total`));
	if (usedBytes === null || totalBytes === null || totalBytes <= 0) return [];
	const ratio = usedBytes / totalBytes;
	const severity = isBelowMinimum(engine, kind) ? 'critical' : severityOf(ratio, kind);
	if (severity === null) return [];
	const lower = kind.toLowerCase();
	return [
		{
			id: kind === 'Data' ? 'thin-pool-data-filling' : 'thin-pool-metadata-filling',
			severity,
			category: 'storage-driver',
			subject: statusOf(engine, 'Pool Name') ?? 'thin pool',
			summary: `thin pool ${lower} ${formatRatio(ratio)} full`,
			evidence: [
				`${kind} Space Used: ${formatBytes(usedBytes)} of ${formatBytes(totalBytes)}`,
				...minimumLine(engine, kind),
			],
			since: null,
			count: 1,
			meaning:
				kind === 'Data'
					? 'When the pool is full, writers wait 60 s and then get errors; containers’ file systems go read-only.'
					: 'When the metadata is full, the whole pool goes read-only and must be repaired offline.',
			advice:
				kind === 'Data'
					? 'Remove what is not used (`docker image prune -a`, stopped containers), or extend the pool: `lvextend -L +50G VG/POOL`. Plan the move to overlay2.'
					: 'Extend it: `lvextend --poolmetadatasize +1G VG/POOL`. Plan the move to overlay2.',
		},
	];
}

function severityOf(ratio: number, kind: keyof typeof limits): Severity | null {
	if (ratio >= limits[kind].critical) return 'critical';
	return ratio >= limits[kind].warning ? 'warning' : null;
}

/** Below its minimum the engine refuses to create containers (dm.min_free_space, 10 % unless set). */
function isBelowMinimum(engine: EngineInfo, kind: keyof typeof limits): boolean {
	if (kind === 'Metadata') return false;
	const availableBytes = parseHumanSize(statusOf(engine, 'Data Space Available'));
	const minimumBytes = parseHumanSize(statusOf(engine, 'Thin Pool Minimum Free Space'));
	return availableBytes !== null && minimumBytes !== null && availableBytes < minimumBytes;
}

function minimumLine(engine: EngineInfo, kind: keyof typeof limits): readonly string[] {
	const minimum = statusOf(engine, 'Thin Pool Minimum Free Space');
	return kind === 'Metadata' || minimum === null ? [] : [`Thin Pool Minimum Free Space: ${minimum}`];
}

const unitBytes: Readonly<Record<string, number>> = {
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	tb: 1e12,
	pb: 1e15,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40,
};

/** `102.1 GB`, as docker/go-units prints sizes (decimal units); null for anything else. */
export function parseHumanSize(text: string | null): number | null {
	const found = /^(\d+(?:\.\d+)?) ?([kmgtp]?i?b)$/i.exec(text?.trim() ?? '');
	const unit = unitBytes[found?.[2]?.toLowerCase() ?? ''];
	return found === null || unit === undefined ? null : Number(found[1]) * unit;
}
