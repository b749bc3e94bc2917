/** Follows the kernel log of a host that is played by scripts. */
import {followKernelLog, type KernelLogEvent} from '../../source/collectors/kernel-log.ts';
import type {KernelLogTimings} from '../../source/collectors/kernel-log-timings.ts';
import type {KernelRecord} from '../../source/model/kernel-log.ts';
import type {Transport} from '../../source/model/transport.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createShellTransport} from './shell-transport.ts';

const timings: Partial<KernelLogTimings> = {batchMs: 10, pollMs: 30, reopen: {firstMs: 10, capMs: 50}};

/** Follows the log of a host on which, whatever is asked, this script runs. */
export function follow(script: string, transport: Transport = createShellTransport()) {
	const events: KernelLogEvent[] = [];
	const stop = new AbortController();
	const host = {...transport, exec: () => transport.exec(script)};
	const done = followKernelLog({
		transport: host,
		sudo: 'auto',
		userId: 1000,
		bootedAtMs: 1_000_000,
		clock: systemClock,
		signal: stop.signal,
		emit: (event) => events.push(event),
		timings,
	});
	const records = (): KernelRecord[] => events.flatMap((event) => (event.kind === 'records' ? event.records : []));
	return {
		events,
		records,
		async end() {
			stop.abort();
			await done;
		},
	};
}
