/** `sickbay doctor --format json`: each host's ladder, rung by rung, with the report's facts about the host beside it. */
import type {HostState} from '../fleet/fleet-state.ts';
import {isAbove, rungs, type BrokenRung, type Ladder, type Rung} from '../model/ladder.ts';
import type {ReadingName} from '../model/readings.ts';
import {buildReport, type ReportOptions} from './build-report.ts';

export const doctorSchema = 'sickbay.doctor/1';

/** Two-space JSON, hosts in the order given. */
export function formatDoctorJson(hosts: readonly HostState[], options: ReportOptions): string {
	const state = {hosts: new Map(hosts.map((host) => [host.host.key, host]))};
	const {schema: _schema, hosts: reported, ...facts} = buildReport(state, options);
	const byName = new Map(reported.map((host) => [host.name, host]));
	const doctored = hosts.map((host) => ({
		...byName.get(host.host.name),
		transport: host.transport,
		ladder: rungs.map((rung) => ({rung, ...describeRung(rung, host.ladder)})),
		readings: describeReadings(host),
	}));
	return JSON.stringify({schema: doctorSchema, ...facts, hosts: doctored}, null, 2);
}

function describeRung(rung: Rung, {reached, broken, steps, withoutShell}: Ladder): object {
	if (withoutShell !== undefined && rung === 'shell') return describeBroken(withoutShell);
	if (broken?.rung === rung) return describeBroken(broken);
	const above = broken !== null && isAbove(rung, broken.rung);
	if (above || reached === null || isAbove(rung, reached)) return {state: 'untried'};
	const step = steps?.find((climbed) => climbed.rung === rung);
	return {state: 'passed', afterMs: step?.afterMs ?? null, note: step?.note ?? null};
}

function describeBroken(broken: BrokenRung): object {
	const {code, summary, detail, advice, afterMs, bastion, hostKey} = broken;
	return {
		state: 'broken',
		code,
		summary,
		detail,
		advice,
		afterMs: afterMs ?? null,
		since: new Date(broken.since).toISOString(),
		retryAt: broken.retryAt === null ? null : new Date(broken.retryAt).toISOString(),
		...(bastion === undefined ? {} : {bastion}),
		...(hostKey === undefined ? {} : {hostKey}),
	};
}

function describeReadings({readings}: HostState): object {
	const entries = (Object.keys(readings) as ReadingName[]).map((name) => {
		const reading = readings[name];
		if (reading.kind === 'pending') return [name, {state: 'pending'}];
		const at = new Date(reading.at).toISOString();
		return [name, reading.kind === 'ok' ? {state: 'ok', at} : {state: 'failed', at, ...reading.reason}];
	});
	return Object.fromEntries(entries) as object;
}
