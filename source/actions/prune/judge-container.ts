/** Whether a container would go: only one that stopped, long enough ago, and never by its age alone if it may still run. */
import type {ContainerUse} from '../../model/disk-usage.ts';
import type {Age, PruneWishes} from '../../model/prune-plan.ts';
import {formatBytes} from '../../support/format.ts';
import {describeAgo, describeSpan} from './describe-age.ts';
import {knownMoment} from '../../model/known-moment.ts';
import {protectingPattern} from './protects.ts';
import {formatPruneCall} from './prune-calls.ts';
import {protectedStay, pruneKey, valueRanks, type Stay, type Verdict} from './verdict.ts';

/** `stopped` is Podman's word for `exited`. */
const stoppedStates: ReadonlySet<string> = new Set(['created', 'exited', 'stopped', 'dead']);
const liveStates: ReadonlySet<string> = new Set(['running', 'paused', 'restarting', 'removing']);

export function judgeContainer(container: ContainerUse, wishes: PruneWishes, now: number): Verdict {
	const {id, name, writableBytes} = container;
	const age = ageOf(container);
	return {
		item: {
			key: pruneKey('container', id),
			kind: 'container',
			id,
			names: [name],
			sizeBytes: writableBytes,
			age,
			why: age === null ? '' : whyItGoes(age, wishes, now),
			cautions: cautionsOf(container),
			calls: [formatPruneCall({operation: 'removeContainer', target: id})],
		},
		stays: stayOf(container, age, wishes, now),
		rank: valueRanks.stoppedContainer,
		usedAt: age?.at ?? null,
	};
}

function ageOf({state, createdAt, finishedAt}: ContainerUse): Age | null {
	const at = knownMoment(state === 'created' ? createdAt : finishedAt);
	return at === null ? null : {at, kind: state === 'created' ? 'created' : 'stopped'};
}

function whyItGoes(age: Age, {stoppedForMs}: PruneWishes, now: number): string {
	const since =
		age.kind === 'created'
			? `made ${describeAgo(age.at, now)} and never started`
			: `stopped ${describeAgo(age.at, now)}`;
	return stoppedForMs === null ? since : `${since}, at least ${describeSpan(stoppedForMs)}`;
}

function stayOf(container: ContainerUse, age: Age | null, wishes: PruneWishes, now: number): Stay | null {
	const {id, name, image, labels, state} = container;
	const pattern = protectingPattern({id, names: [name, image], labels}, wishes.protect);
	if (pattern !== null) return protectedStay(pattern);
	if (liveStates.has(state)) return {reason: 'in-use', why: `is ${state === 'removing' ? 'being removed' : state}`};
	if (!stoppedStates.has(state)) return {reason: 'unchecked', why: 'it is not known whether it runs'};
	if (wishes.stoppedForMs === null) return {reason: 'not-selected', why: 'stopped containers were not asked for'};
	if (age === null) return {reason: 'unknown-age', why: 'it is not known when it stopped'};
	if (now - age.at >= wishes.stoppedForMs) return null;
	const since = age.kind === 'created' ? 'made' : 'stopped';
	return {
		reason: 'too-young',
		why: `${since} ${describeAgo(age.at, now)}, less than ${describeSpan(wishes.stoppedForMs)}`,
	};
}

function cautionsOf({labels, restartPolicy, writableBytes}: ContainerUse): readonly string[] {
	const project = labels['com.docker.compose.project'];
	const service = labels['com.docker.swarm.service.name'];
	const pod = labels['io.kubernetes.pod.name'];
	return [
		...(project === undefined ? [] : [`part of the compose project ${project}`]),
		...(service === undefined ? [] : [`a task of the swarm service ${service}`]),
		...(pod === undefined ? [] : [`part of the Kubernetes pod ${pod}, whose kubelet cleans up by itself`]),
		...(restartPolicy == null || restartPolicy === '' || restartPolicy === 'no'
			? []
			: [`has the restart policy ${restartPolicy}: it was meant to run`]),
		...(writableBytes === null || writableBytes === 0
			? []
			: [`${formatBytes(writableBytes)} that it wrote go with it, and its log`]),
	];
}
