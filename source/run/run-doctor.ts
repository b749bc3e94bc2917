/** `sickbay doctor`: climbs the ladder of each host and says what to do at the first broken rung. */
import {version} from '../cli/version.ts';
import type {DoctorInvocation} from '../cli/invocation.ts';
import {buildReport} from '../report/build-report.ts';
import {exitCodeOf} from '../report/exit-code-of.ts';
import {formatDoctor} from '../report/format-doctor.ts';
import {formatDoctorJson} from '../report/format-doctor-json.ts';
import {systemClock} from '../support/clock.ts';
import {openFleet} from './open-fleet.ts';
import {printLine} from './print.ts';
import {settleCoalesceMs, settleFleet} from './settle-fleet.ts';

/** Answers with the report's exit code. */
export async function runDoctor(invocation: DoctorInvocation): Promise<number> {
	const how = {place: 'terminal', coalesceMs: settleCoalesceMs, asksSshAnew: true} as const;
	const fleet = await openFleet(invocation, systemClock, how);
	try {
		const ended = await settleFleet(fleet, systemClock, invocation.timeoutMs);
		if (ended !== null) return ended;
		const now = systemClock.now();
		const state = fleet.store.getState();
		const hosts = [...state.hosts.values()];
		const text =
			invocation.format === 'json'
				? formatDoctorJson(hosts, {now, version, demo: fleet.demo})
				: hosts.map((host) => formatDoctor(host, now)).join('\n');
		await printLine(text);
		return exitCodeOf(buildReport(state, {now, version, demo: fleet.demo}));
	} finally {
		await fleet.close();
	}
}
