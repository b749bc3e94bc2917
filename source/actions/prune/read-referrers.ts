/** Finds who will want an image although no container of it runs: compose projects and swarm services. */
import type {DiskUsage} from '../../model/disk-usage.ts';
import type {HostOperator} from '../../model/host-operator.ts';
import type {PrunePlan} from '../../model/prune-plan.ts';
import {valueOf} from '../../model/reading.ts';
import type {EngineInfo} from '../../model/readings.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import type {ImageReferrer} from './prune-input.ts';

/** Labels that Docker Compose and Swarm put on what they make. */
const projectLabel = 'com.docker.compose.project';
const serviceLabel = 'com.docker.swarm.service.name';

const listServices = ['docker', 'service', 'ls', '--format', '{{.Name}} {{.Image}}'];
const timeoutMs = 15_000;
const maxBytes = 512 * 1024;

export type Referrers = {readonly referrers: readonly ImageReferrer[]; readonly unread: PrunePlan['unread']};

/** Rejects with the signal's reason only. The list of services is on managers of a swarm; workers say so and have none. */
export async function readReferrers(
	operator: HostOperator,
	info: EngineInfo | null,
	usage: DiskUsage,
	signal: AbortSignal,
): Promise<Referrers> {
	const labelled = findLabelled(usage);
	if (info?.swarmState !== 'active') return {referrers: labelled, unread: []};
	const sudo = info.via.startsWith('sudo') ? 'needed' : 'never';
	const outcome = await operator.run(listServices, {sudo, timeoutMs, maxBytes, signal});
	if (outcome.kind === 'exited' && outcome.code === 0 && !outcome.truncated) {
		return {referrers: [...labelled, ...parseServices(outcome.stdout)], unread: []};
	}
	if (outcome.kind === 'exited' && outcome.stderr.includes('not a swarm manager')) {
		return {referrers: labelled, unread: []};
	}
	const said = outcome.kind === 'exited' ? outcome.stderr : outcome.kind;
	const reason = `docker service ls did not list them: ${sanitiseLine(said.trim(), 200)}`;
	return {referrers: labelled, unread: [{part: 'swarm services', reason}]};
}

function findLabelled({images, containers}: DiskUsage): readonly ImageReferrer[] {
	const found = new Map<string, ImageReferrer>();
	const add = (kind: ImageReferrer['kind'], name: string | undefined, reference: string): void => {
		if (name !== undefined && name !== '') found.set(`${kind} ${name} ${reference}`, {kind, name, reference});
	};
	for (const {labels, image} of valueOf(containers) ?? []) {
		add('compose-project', labels[projectLabel], image);
		add('swarm-service', labels[serviceLabel], image);
	}
	for (const {labels, id} of valueOf(images) ?? []) add('compose-project', labels[projectLabel], id);
	return [...found.values()];
}

/** `shop_web shop/web:1`, one per line. */
function parseServices(text: string): readonly ImageReferrer[] {
	return text.split('\n').flatMap((line) => {
		const [name, reference] = line.trim().split(' ', 2);
		return name === undefined || name === '' || reference === undefined
			? []
			: [{kind: 'swarm-service', name, reference} as const];
	});
}
