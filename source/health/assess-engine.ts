/** Says what is wrong with the engine of a host that itself answers: down, hung, out of our reach, or not there. */
import type {Finding, Severity} from '../model/finding.ts';
import {isAbove, type BrokenRung, type ReasonCode} from '../model/ladder.ts';
import type {HealthInput} from './health-input.ts';

type Judgement = {readonly id: string; readonly severity: Severity; readonly meaning: string};

/** A hung engine (ping answers, the list does not) is `engine-hung` by the ladder; this is where it is judged. */
export function assessEngine(input: HealthInput): readonly Finding[] {
	const {broken} = input.ladder;
	if (broken === null || !isAbove(broken.rung, 'shell')) return [];
	const {id, severity, meaning} = judge(input, broken);
	return [
		{
			id,
			severity,
			category: 'engine',
			subject: '',
			summary: broken.summary,
			evidence: broken.detail.slice(0, 10),
			since: broken.since,
			count: 1,
			meaning,
			advice: broken.advice,
		},
	];
}

function judge({host, readings}: HealthInput, broken: BrokenRung): Judgement {
	if (broken.code === 'engine-socket-moved') return missing;
	if (broken.code === 'engine-socket-missing') {
		const wasExpected = host.engineSocket !== undefined || readings.engine.kind === 'ok';
		if (wasExpected) return missing;
		return host.sources.every(({kind}) => kind === 'ssh-config') ? absent : absentWhereExpected;
	}
	return judgements[broken.code] ?? unclear;
}

const forwardingForbidden: Judgement = {
	id: 'engine-forwarding-forbidden',
	severity: 'unknown',
	meaning:
		'An engine listens on the host, but sshd lets nobody through to its socket and there is no other way; how its containers fare is not known.',
};

const judgements: Partial<Record<ReasonCode, Judgement>> = {
	'engine-down': {
		id: 'engine-down',
		severity: 'critical',
		meaning:
			'The host answers but its engine does not run: no container can be started, stopped or watched, and those without live restore are gone.',
	},
	'engine-hung': {
		id: 'engine-hung',
		severity: 'critical',
		meaning:
			'The engine’s process is there but does not answer: a lock inside it, or storage it waits for. Running containers go on, nobody can manage them.',
	},
	'containerd-hung': {
		id: 'containerd-hung',
		severity: 'critical',
		meaning:
			'The engine still lists its containers but waits for something behind it, most often containerd: running containers go on, nothing can be started, stopped or entered.',
	},
	'socket-forwarding-forbidden': forwardingForbidden,
	'engine-program-missing': forwardingForbidden,
	'engine-error': {
		id: 'engine-error',
		severity: 'critical',
		meaning: 'The engine answers with an error instead of its containers; what runs on the host is not known.',
	},
	'engine-socket-forbidden': {
		id: 'engine-forbidden',
		severity: 'unknown',
		meaning: 'The engine is there, but this account may not speak to it; how its containers fare is not known.',
	},
};

const missing: Judgement = {
	id: 'engine-socket-missing',
	severity: 'critical',
	meaning: 'The socket where the engine was expected is not there: the engine was stopped, removed or moved.',
};

const absent: Judgement = {
	id: 'engine-absent',
	severity: 'notice',
	meaning: 'The host has no container engine that Sickbay knows where to look for; its other readings stand.',
};

/** Who names a host to a container tool means one with containers; an SSH configuration names all sorts of hosts. */
const absentWhereExpected: Judgement = {...absent, severity: 'unknown'};

const unclear: Judgement = {
	id: 'engine-unknown',
	severity: 'unknown',
	meaning:
		'The engine could not be asked, for a reason that is not the engine’s; how its containers fare is not known.',
};
