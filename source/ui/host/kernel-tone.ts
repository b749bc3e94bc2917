/** Which sign and colour kernel trouble gets: those of the findings it becomes. */
import type {BootEnding} from '../../model/boots.ts';
import type {Severity} from '../../model/finding.ts';
import type {IncidentSeverity, KernelIncident} from '../../model/kernel-incident.ts';
import type {Tone} from '../line.ts';

export function severityOfMark(severity: Severity | IncidentSeverity): Severity {
	if (severity === 'panic') return 'critical';
	return severity === 'info' ? 'notice' : severity;
}

/** What is over calls for nobody. */
export function severityOfIncident({severity, state}: KernelIncident): Severity {
	return state === 'over' ? 'notice' : severityOfMark(severity);
}

const endingTones: Readonly<Record<BootEnding, Tone>> = {
	running: 'plain',
	clean: 'plain',
	panic: 'critical',
	probable: 'critical',
	hardware: 'critical',
	watchdog: 'critical',
	heat: 'critical',
	unclean: 'warning',
	unknown: 'unknown',
};

export function toneOfEnding(ending: BootEnding): Tone {
	return endingTones[ending];
}
