/** `sickbay doctor --format json`: each host's ladder, rung by rung, with the report's facts about the host beside it. */
import type {HostState} from '../fleet/fleet-state.ts';
import {isAbove, rungs, type Ladder, type Rung} from '../model/ladder.ts';
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

function describeRung(rung: Rung, {reached, broken}: Ladder): object {
	if (broken?.rung === rung) {
		const {code, summary, detail, advice, since, retryAt} = broken;
		const retry = retryAt === null ? null : new Date(retryAt).toISOString();
		return {state: 'broken', code, summary, detail, advice, since: new Date(since).toISOString(), retryAt: retry};
	}
	const above = broken !== null && isAbove(rung, broken.rung);
	return {state: !above && reached !== null && !isAbove(rung, reached) ? 'passed' : 'untried'};
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
