/** An operator on a fake engine, without a host around it. */
import {connect} from 'node:net';
import {onTestFinished} from 'vitest';
import {createEngineAgent} from '../../source/engine/engine-agent.ts';
import {createEngineClient} from '../../source/engine/engine-client.ts';
import {createEngineOperator} from '../../source/engine/create-engine-operator.ts';
import {engineTimings, type EngineTimings} from '../../source/engine/engine-timings.ts';
import type {EngineOperator} from '../../source/model/engine-operator.ts';
import {systemClock} from '../../source/support/clock.ts';
import {startFakeEngine, type FakeEngine} from './fake-engine.ts';

export type OperatedEngine = {
	readonly engine: FakeEngine;
	readonly operator: EngineOperator;
	/** The connection to the engine goes. */
	lose(): void;
	hang(isHung: boolean): void;
};

/** `apiVersion` null for an engine that names none. */
export async function operatedEngine(
	apiVersion: string | null,
	timings: Partial<EngineTimings> = {},
): Promise<OperatedEngine> {
	const engine = await startFakeEngine();
	onTestFinished(engine.close);
	const agent = createEngineAgent({
		open: () => connect(engine.path),
		clock: systemClock,
		maxSockets: 8,
		idleSocketMs: 1000,
	});
	const life = new AbortController();
	let isHung = false;
	onTestFinished(() => agent.destroy());
	return {
		engine,
		operator: createEngineOperator({
			client: createEngineClient(agent, apiVersion),
			apiVersion,
			clock: systemClock,
			timings: {...engineTimings, ...timings},
			signal: life.signal,
			isHung: () => isHung,
		}),
		lose() {
			life.abort();
			agent.destroy();
		},
		hang: (next) => (isHung = next),
	};
}

export const never = new AbortController().signal;
