/** Builds the report from the fleet as last heard; a host that is not connected reports nothing it said before as present. */
import {formatIsoTime} from '../health/format-iso-time.ts';
import {selectFleetMessage} from '../fleet/select-fleet-message.ts';
import type {FleetState, HostState} from '../fleet/fleet-state.ts';
import type {Finding, Severity} from '../model/finding.ts';
import {isConnected} from '../model/ladder.ts';
import {valueOf} from '../model/reading.ts';
import type {Container, Filesystem} from '../model/readings.ts';
import {mapKernelEvidence} from './map-kernel-evidence.ts';
import {orderHosts} from './order-hosts.ts';
import {reportSchema, type Report, type ReportFilesystem, type ReportFinding, type ReportHost} from './report.ts';

export type ReportOptions = {
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly version: string;
	readonly demo: boolean;
};

export function buildReport(state: FleetState, {now, version, demo}: ReportOptions): Report {
	const hosts = orderHosts([...state.hosts.values()]);
	const message = selectFleetMessage(state);
	return {
		schema: reportSchema,
		generatedAt: new Date(now).toISOString(),
		version,
		demo: demo || hosts.some(({host}) => host.demo),
		summary: {
			critical: countOf(hosts, 'critical'),
			warning: countOf(hosts, 'warning'),
			notice: countOf(hosts, 'notice'),
			ok: countOf(hosts, 'ok'),
			unknown: countOf(hosts, 'unknown'),
			hosts: hosts.length,
		},
		notices: message === null ? [] : [message],
		hosts: hosts.map(mapHost),
	};
}

function countOf(hosts: readonly HostState[], severity: Severity): number {
	return hosts.filter((host) => host.severity === severity).length;
}

function mapHost(state: HostState): ReportHost {
	const {host, ladder, address, severity, findings} = state;
	return {
		name: host.name,
		address,
		sources: host.sources,
		severity,
		rung: {
			reached: ladder.reached,
			broken: ladder.broken?.rung ?? null,
			reason: ladder.broken?.summary ?? null,
		},
		...(isConnected(ladder) ? mapReadings(state) : unread),
		findings: findings.map(mapFinding),
	};
}

type ReadFields = Pick<
	ReportHost,
	| 'os'
	| 'kernel'
	| 'bootId'
	| 'uptimeSeconds'
	| 'engine'
	| 'containers'
	| 'filesystems'
	| 'images'
	| 'kernelCounters'
	| 'boots'
>;

const unread: ReadFields = {
	os: null,
	kernel: null,
	bootId: null,
	uptimeSeconds: null,
	engine: null,
	containers: null,
	filesystems: null,
	images: null,
	kernelCounters: null,
	boots: null,
};

/** With a broken engine rung the connection stands, so only what the engine would have to say now is unknown. */
function mapReadings({readings, ladder, bootHistory}: HostState): ReadFields {
	const identity = valueOf(readings.identity);
	const engine = valueOf(readings.engine);
	const engineAnswers = ladder.broken === null || ladder.broken.rung === 'info';
	const containers = engineAnswers ? valueOf(readings.containers) : null;
	const images = engineAnswers ? valueOf(readings.images) : null;
	return {
		os: identity?.os.prettyName ?? null,
		kernel: identity?.kernel.release ?? null,
		bootId: identity?.bootId ?? null,
		uptimeSeconds: valueOf(readings.vitals)?.uptimeSeconds ?? identity?.uptimeSeconds ?? null,
		engine:
			engine === null
				? null
				: {version: engine.version, apiVersion: engine.apiVersion, driver: engine.driver, rootDir: engine.rootDir},
		containers: containers === null ? null : countContainers(containers),
		filesystems: valueOf(readings.filesystems)?.map(mapFilesystem) ?? null,
		images: images === null ? null : {count: images.count, bytes: images.bytes},
		...mapKernelEvidence(readings, bootHistory),
	};
}

function countContainers(containers: readonly Container[]): NonNullable<ReportHost['containers']> {
	return {
		running: containers.filter(({state}) => state === 'running').length,
		total: containers.length,
		unhealthy: containers.filter(({state, health}) => state === 'running' && health === 'unhealthy').length,
	};
}

/** Field by field: what the model gains later must not slip into a published shape. */
function mapFilesystem(filesystem: Filesystem): ReportFilesystem {
	const {mountPoint, device, type, roles, readOnly, sizeBytes, usedBytes, availableBytes, inodesTotal, inodesUsed} =
		filesystem;
	return {mountPoint, device, type, roles, readOnly, sizeBytes, usedBytes, availableBytes, inodesTotal, inodesUsed};
}

function mapFinding(finding: Finding): ReportFinding {
	const {id, severity, category, subject, summary, evidence, since, count, meaning, advice} = finding;
	const sinceIso = since === null ? null : formatIsoTime(since);
	return {id, severity, category, subject, summary, evidence, since: sinceIso, count, meaning, advice};
}
