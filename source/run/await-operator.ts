/** Waits until one host can be operated on, whatever the others do. */
import type {FleetStore} from '../fleet/store.ts';
import type {HostState} from '../fleet/fleet-state.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {FleetSupervisor} from '../session/supervise-fleet.ts';
import type {Clock} from '../support/clock.ts';

export type Operable =
	| {readonly kind: 'operable'; readonly operator: HostOperator; readonly host: HostState}
	| {readonly kind: 'unreachable'; readonly reason: string; readonly address: string | null}
	/** It turned out to be another name of a machine that is there already. */
	| {readonly kind: 'merged'};

export type AwaitOptions = {
	readonly store: FleetStore;
	readonly supervisor: Pick<FleetSupervisor, 'operate'>;
	readonly attention: Pick<AttentionDesk, 'getState' | 'subscribe'>;
	readonly clock: Clock;
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
};

/** Never rejects. While a person is asked something the time does not run out, and the host gets all of it again after that. */
export function awaitOperator(hostKey: HostKey, options: AwaitOptions): Promise<Operable> {
	const {store, attention, clock, timeoutMs, signal} = options;
	const {promise, resolve} = Promise.withResolvers<Operable>();
	let cancel = (): void => {};
	const look = (): void => {
		const found = findOperable(hostKey, options);
		if (found !== null) resolve(found);
	};
	const giveUp = (reason: string) => (): void => {
		const address = store.getState().hosts.get(hostKey)?.address ?? null;
		resolve({kind: 'unreachable', reason, address});
	};
	const startTime = (): void => {
		cancel();
		const {questions, hands} = attention.getState();
		if (questions.length + hands.length > 0) return;
		cancel = clock.schedule(timeoutMs, giveUp(`no answer within ${Math.round(timeoutMs / 1000)} s`));
	};
	const onAbort = giveUp('cancelled');
	const stops = [store.subscribe(look), attention.subscribe(startTime)];
	signal.addEventListener('abort', onAbort, {once: true});
	startTime();
	if (signal.aborted) onAbort();
	look();
	return promise.finally(() => {
		cancel();
		for (const stop of stops) stop();
		signal.removeEventListener('abort', onAbort);
	});
}

/** An engine that answers to nothing but a ping must not be asked for its disk: so its containers have to be known. */
function findOperable(hostKey: HostKey, {store, supervisor}: AwaitOptions): Operable | null {
	const host = store.getState().hosts.get(hostKey);
	if (host === undefined) return {kind: 'merged'};
	const {broken} = host.ladder;
	if (broken !== null) return {kind: 'unreachable', reason: broken.summary, address: host.address};
	if (host.readings.engine.kind !== 'ok' || host.readings.containers.kind !== 'ok') return null;
	const operator = supervisor.operate(hostKey);
	return operator?.engine ? {kind: 'operable', operator, host} : null;
}
