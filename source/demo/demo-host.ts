/** One simulated machine behind its door: what its shell, its kernel log and its engine answer from. */
import type {Clock} from '../support/clock.ts';
import {createContainerWard, type ContainerWard} from './container-ward.ts';
import {createDemoDisk, type DemoDisk} from './demo-disk.ts';
import {createDemoKernelLog, type DemoKernelLog} from './demo-kernel-log.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {createRandom} from './random.ts';

export type DemoHost = {
	readonly plan: DemoHostPlan;
	readonly clock: Clock;
	/** When the fleet started; usage grows from here. */
	readonly startedAt: number;
	readonly bootedAt: number;
	readonly bootId: string;
	readonly ward: ContainerWard;
	readonly disk: DemoDisk;
	readonly kernelLog: DemoKernelLog;
};

export function createDemoHost(plan: DemoHostPlan, clock: Clock): DemoHost {
	const startedAt = clock.now();
	const bootedAt = startedAt - plan.uptimeSeconds * 1000;
	const ward = createContainerWard(plan, startedAt);
	const digits = createRandom(`boot of ${plan.name} at ${bootedAt}`).hex(32);
	return {
		plan,
		clock,
		startedAt,
		bootedAt,
		bootId: digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5'),
		ward,
		disk: createDemoDisk(plan, ward, startedAt),
		kernelLog: createDemoKernelLog(plan, bootedAt, clock),
	};
}
