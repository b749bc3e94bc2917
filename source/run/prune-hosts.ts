/** Plans a prune of each host of a fleet, and runs it when told so; hosts know nothing of each other. */
import {homedir, hostname, userInfo} from 'node:os';
import {createAuditFile} from '../actions/audit/audit-file.ts';
import type {AuditTrail} from '../actions/audit/audit-trail.ts';
import {findAuditFile} from '../actions/audit/find-audit-file.ts';
import {defaultWishes} from '../actions/prune/default-wishes.ts';
import {gatherPruneInput} from '../actions/prune/gather-prune-input.ts';
import {planPrune} from '../actions/prune/plan-prune.ts';
import {runPrune} from '../actions/prune/run-prune.ts';
import type {PruneInvocation} from '../cli/invocation.ts';
import {choosePruneWishes} from '../config/prune-defaults.ts';
import type {HostState} from '../fleet/fleet-state.ts';
import type {HostKey} from '../model/host.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {PrunePlan} from '../model/prune-plan.ts';
import {valueOf} from '../model/reading.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {HostPrune} from '../report/host-prune.ts';
import type {Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {awaitOperator} from './await-operator.ts';
import type {OpenFleet} from './open-fleet.ts';

export type PreparedHost = {
	readonly host: HostPrune;
	/** Null when there is nothing to run. */
	readonly run: (() => Promise<HostPrune>) | null;
};

export type PruneHosts = {
	readonly keys: readonly HostKey[];
	/** Never rejects but for bugs. */
	prepare(key: HostKey): Promise<PreparedHost>;
	close(): Promise<void>;
};

export type PruneHostsOptions = {
	readonly fleet: OpenFleet;
	readonly invocation: Pick<PruneInvocation, 'timeoutMs' | 'wishes'>;
	readonly clock: Clock;
	/** Ends what is being read, and runs between two objects. */
	readonly signal: AbortSignal;
};

/** Hosts whose disks are read at the same time: it is they who work, not this machine. */
const readAtOnce = 64;

export function createPruneHosts(options: PruneHostsOptions): PruneHosts {
	const {fleet, clock, signal} = options;
	const nameOf = new Map(fleet.hosts.map(({key, name}) => [key, name]));
	// What happens to the demo fleet happened to nobody.
	const audit = fleet.demo ? forgetful : createAuditFile(findAuditFile(process.env, homedir()));
	const by = sanitiseLine(`${userInfo().username}@${hostname()}`, 200);
	const inTurn = createLimiter(readAtOnce);

	return {
		keys: fleet.hosts.map(({key}) => key),
		async prepare(key) {
			const name = nameOf.get(key) ?? key;
			const found = await awaitOperator(key, {...fleet, ...options.invocation, clock, signal});
			if (found.kind === 'merged') return {host: {name, address: null, kind: 'merged'}, run: null};
			if (found.kind === 'unreachable') {
				return {host: {name, address: found.address, kind: 'unread', reason: found.reason}, run: null};
			}
			const {operator, host} = found;
			const {address} = host;
			const plan = await inTurn.run(() => planHost(operator, host, options));
			if (typeof plan === 'string') return {host: {name, address, kind: 'unread', reason: plan}, run: null};
			if (plan.items.length === 0) return {host: {name, address, kind: 'planned', plan}, run: null};
			const run = async (): Promise<HostPrune> => {
				const result = await runPrune({plan, operator, audit, by, clock, signal});
				return {name, address, kind: 'run', plan, result};
			};
			return {host: {name, address, kind: 'planned', plan}, run};
		},
		close: () => audit.close(),
	};
}

const forgetful: AuditTrail = {write: () => Promise.resolve(), close: () => Promise.resolve()};

/** The plan, or in words why there is none. */
async function planHost(
	operator: HostOperator,
	{host, readings}: HostState,
	{fleet, invocation, clock, signal}: PruneHostsOptions,
): Promise<PrunePlan | string> {
	const {identity} = readings;
	const clockAt = valueOf(identity)?.clockAt ?? null;
	const clockAheadMs = identity.kind === 'ok' && clockAt !== null ? clockAt - identity.at : 0;
	const wishes = choosePruneWishes(host, invocation.wishes, fleet.config.prune, defaultWishes);
	const info = valueOf(readings.engine);
	try {
		return planPrune(await gatherPruneInput({operator, info, wishes, clock, clockAheadMs, signal}));
	} catch (error) {
		if (signal.aborted) return 'cancelled';
		if (error instanceof ReadingError) return error.failure.message;
		throw error;
	}
}
