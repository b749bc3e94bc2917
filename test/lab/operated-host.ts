/** A lab host as actions get it: over the program's own sessions, by the account its alias logs in with. */
import {createFleetFold} from '../../source/fleet/reduce-fleet.ts';
import type {FleetDraft, HostState} from '../../source/fleet/fleet-state.ts';
import type {EngineOperator} from '../../source/model/engine-operator.ts';
import type {HostOperator} from '../../source/model/host-operator.ts';
import {createReachHost} from '../../source/session/reach-host.ts';
import {superviseFleet, type FleetSupervisor} from '../../source/session/supervise-fleet.ts';
import {createSshConnector} from '../../source/ssh/ssh-connector.ts';
import {systemClock} from '../../source/support/clock.ts';
import type {Lab} from './lab.ts';
import {waitFor} from './wait-for.ts';

export type OperatedHost = {
	readonly supervisor: FleetSupervisor;
	readonly operator: HostOperator;
	/** Throws while the engine cannot be asked. */
	engine(): EngineOperator;
	state(): HostState;
	/** Waits until the engine can be asked. */
	untilReady(): Promise<void>;
	close(): Promise<void>;
};

/** Resolves once the host's engine has described itself. */
export async function operateLabHost(lab: Lab, alias: string): Promise<OperatedHost> {
	const draft: FleetDraft = {hosts: new Map()};
	const fold = createFleetFold();
	const supervisor = superviseFleet({
		hosts: [
			{
				key: alias,
				name: alias,
				target: {kind: 'ssh', destination: alias},
				sources: [],
				labels: {},
				groups: [],
				sudo: 'auto',
				demo: false,
			},
		],
		reach: createReachHost(createSshConnector({configFile: lab.sshConfig, clock: systemClock, env: process.env})),
		clock: systemClock,
		dispatch: (event) => void fold(draft, event),
	});
	const isReady = (): boolean =>
		supervisor.operate(alias)?.engine != null && draft.hosts.get(alias)?.readings.engine.kind === 'ok';
	const untilReady = async (): Promise<void> =>
		void (await waitFor(`the engine of ${alias} can be asked`, 60_000, () =>
			Promise.resolve(isReady() ? 'ready' : null),
		));
	await untilReady();
	const operator = supervisor.operate(alias);
	if (operator === null) throw new Error(`${alias} cannot be operated`);
	return {
		supervisor,
		operator,
		untilReady,
		engine() {
			const engine = supervisor.operate(alias)?.engine;
			if (!engine) throw new Error(`the engine of ${alias} cannot be asked`);
			return engine;
		},
		state() {
			const state = draft.hosts.get(alias);
			if (state === undefined) throw new Error(`no host ${alias}`);
			return state;
		},
		close: () => supervisor.close(),
	};
}
