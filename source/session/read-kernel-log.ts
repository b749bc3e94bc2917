/**
 * Follows the kernel log of one connection. That the log can be read is said together with its first lines, so that a
 * picture without them never counts as complete.
 */
import {followKernelLog, type KernelLogEvent} from '../collectors/kernel-log.ts';
import type {HostEvent} from '../fleet/fleet-event.ts';
import type {SudoPolicy} from '../model/host.ts';
import type {HostIdentity} from '../model/readings.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';

export type ReadKernelLogOptions = {
	readonly transport: Transport;
	readonly sudo: SudoPolicy;
	readonly identity: HostIdentity;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: (event: HostEvent) => void;
};

/** A log that has shown no line for this long after it was opened is empty. */
const emptyAfterMs = 1000;

export function readKernelLog({transport, sudo, identity, clock, signal, emit}: ReadKernelLogOptions): void {
	let cancelWait = (): void => {};
	let sayAccess = (): void => {};

	const hold = (event: KernelLogEvent & {kind: 'access'}): void => {
		cancelWait();
		sayAccess = () => {
			cancelWait();
			sayAccess = () => {};
			emit({kind: 'reading', name: 'kernelLog', reading: event.reading});
		};
		if (event.reading.kind === 'failed') sayAccess();
		else cancelWait = clock.schedule(emptyAfterMs, () => sayAccess());
	};

	signal.addEventListener('abort', () => cancelWait(), {once: true});
	void followKernelLog({
		transport,
		sudo,
		userId: identity.userId,
		bootedAtMs: (identity.clockAt ?? clock.now()) - identity.uptimeSeconds * 1000,
		clock,
		signal,
		emit(event) {
			if (event.kind === 'access') hold(event);
			else if (event.kind === 'restarted') emit({kind: 'kernel-log-restarted'});
			else {
				emit({kind: 'kernel-records', records: event.records});
				sayAccess();
			}
		},
	});
}
