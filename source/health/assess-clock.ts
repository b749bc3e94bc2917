/** Compares the host's wall clock with ours at the moment it answered. */
import type {Finding} from '../model/finding.ts';
import {formatDuration} from '../support/format.ts';
import {formatIsoTime} from './format-iso-time.ts';
import type {HealthInput} from './health-input.ts';

/** `date +%s` and a slow answer explain seconds, not this. */
const skewLimitMs = 60_000;

export function assessClock({readings: {identity}}: HealthInput): readonly Finding[] {
	if (identity.kind !== 'ok' || identity.value.clockAt === null) return [];
	const skewMs = identity.value.clockAt - identity.at;
	if (Math.abs(skewMs) <= skewLimitMs) return [];
	return [
		{
			id: 'clock-skew',
			severity: 'warning',
			category: 'clock',
			subject: '',
			summary: `clock ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`,
			evidence: [
				`host: ${formatIsoTime(identity.value.clockAt) ?? 'beyond any date'}`,
				`here: ${formatIsoTime(identity.at) ?? ''}`,
			],
			since: null,
			count: 1,
			meaning:
				'The host’s clock and this machine’s differ: times of its log lines are off, and certificates and tokens may fail.',
			advice: 'Look at time synchronisation on both: `timedatectl`, `chronyc tracking`.',
		},
	];
}
