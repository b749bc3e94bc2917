/** Joins what actions may use of a connected host with what it tells of its disk. */
import type {EngineOperator} from '../model/engine-operator.ts';
import type {HostOperator} from '../model/host-operator.ts';
import type {HostIdentity} from '../model/readings.ts';
import {createHostOperator} from './host-operator.ts';
import {createHostDisk, type HostDisk} from './read-host-disk.ts';
import type {ReadHostOptions} from './read-host-options.ts';

export type OperatedHost = {
	readonly operator: HostOperator;
	readonly disk: HostDisk;
	/** Ends with the connection. */
	readonly signal: AbortSignal;
};

export type HostMeans = {
	/** Null for an account without a shell. */
	readonly identity: HostIdentity | null;
	readonly engine: () => EngineOperator | null;
	/** Where the engine keeps its data; null while it has not said. */
	readonly engineRoot: () => string | null;
};

export function operateHost(options: ReadHostOptions, {identity, engine, engineRoot}: HostMeans): OperatedHost {
	const {host, transport, local, clock, signal} = options;
	const access = identity === null ? null : {transport, sudo: host.sudo, clock};
	const disk = createHostDisk({engine, access, engineRoot, clock});
	const operator = createHostOperator({host, transport, local, identity, engine: disk.engine, clock, signal});
	return {operator, disk, signal};
}
