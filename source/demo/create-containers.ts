/** Makes the containers a demo host runs when the fleet starts, from its plan. */
import {containerTemplates, type ContainerTemplate} from './container-templates.ts';
import {imageIdOf, type DemoContainer} from './demo-container.ts';
import {hostileContainer} from './hostile-container.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {createRandom, type Random} from './random.ts';

export function createContainers(plan: DemoHostPlan, startedAt: number): readonly DemoContainer[] {
	const random = createRandom(`containers of ${plan.name}`);
	const templates = containerTemplates[plan.role];
	const containers = Array.from({length: plan.containerCount}, (_, index) => {
		const template = templates[index % templates.length] ?? templates[0];
		const copy = Math.floor(index / templates.length);
		// One in nine is a job that has done its work.
		return createContainer({plan, template, copy, runs: index % 9 !== 8, random, startedAt});
	});
	if (plan.containerStory === 'hostile-texts') containers.push(hostileContainer(random, startedAt));
	return containers.map((container, index) => afflict(container, index, plan, startedAt));
}

type Birth = {
	readonly plan: DemoHostPlan;
	readonly template: ContainerTemplate;
	/** 0 for the first of its kind on the host. */
	readonly copy: number;
	readonly runs: boolean;
	readonly random: Random;
	readonly startedAt: number;
};

function createContainer({plan, template, copy, runs, random, startedAt}: Birth): DemoContainer {
	const ageSeconds = random.integer(600, Math.max(1200, Math.min(plan.uptimeSeconds, 20 * 86_400)));
	const changedAt = startedAt - Math.min(ageSeconds, plan.uptimeSeconds - 30) * 1000;
	return {
		id: random.hex(64),
		name: copy === 0 ? template.name : `${template.name}-${copy + 1}`,
		image: template.image,
		imageId: imageIdOf(template.image),
		command: template.command,
		labels: {
			'com.docker.compose.project': plan.role,
			'com.docker.compose.service': template.name,
			'org.opencontainers.image.vendor': 'Example',
		},
		// Only one container can publish a port of the host.
		port: copy === 0 ? (template.port ?? null) : null,
		createdAt: startedAt - ageSeconds * 1000 - 1500,
		state: runs ? 'running' : 'exited',
		health: template.checked === true ? 'healthy' : null,
		changedAt,
		exitCode: 0,
		restartCount: 0,
		loops: false,
	};
}

/** What the plan's story does to the second container, the service the host is there for. */
function afflict(container: DemoContainer, index: number, plan: DemoHostPlan, startedAt: number): DemoContainer {
	if (index !== 1) return container;
	if (plan.containerStory === 'restart-loop') {
		return {
			...container,
			loops: true,
			state: 'restarting',
			health: null,
			changedAt: startedAt,
			restartCount: 212,
			exitCode: 1,
		};
	}
	return plan.containerStory === 'unhealthy' ? {...container, state: 'running', health: 'unhealthy'} : container;
}
