/** The kernel log follower on the real /dev/kmsg of this machine, started by every login shell there is. */
import {randomUUID} from 'node:crypto';
import {closeSync, constants, openSync, readSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {followKernelLog, type KernelLogEvent} from '../../source/collectors/kernel-log.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createShellTransport, findShells, processesMarked} from '../collectors/shell-transport.ts';
import {until} from '../collectors/until.ts';

function isKmsgReadable(): boolean {
	try {
		const file = openSync('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);
		readSync(file, Buffer.alloc(8192));
		closeSync(file);
		return true;
	} catch {
		return false;
	}
}

describe.runIf(isKmsgReadable())('the kernel log of this machine (needs a readable /dev/kmsg)', () => {
	test.each(findShells())(
		'login shell %s: the log is followed, and nothing is left on the host',
		async (_name, program) => {
			const mark = randomUUID();
			const transport = createShellTransport(program, {...process.env, SICKBAY_TEST: mark});
			const events: KernelLogEvent[] = [];
			const stop = new AbortController();
			const done = followKernelLog({
				transport,
				sudo: 'never',
				userId: 0,
				bootedAtMs: null,
				clock: systemClock,
				signal: stop.signal,
				emit: (event) => events.push(event),
			});
			await until(() => events.some((event) => event.kind === 'records'), 'records');
			expect(events[0]).toMatchObject({reading: {value: {method: 'kmsg', live: true}}});
			expect(processesMarked(`SICKBAY_TEST=${mark}`).length).toBeGreaterThan(1);
			transport.lose();
			await until(() => processesMarked(`SICKBAY_TEST=${mark}`).length === 0, 'no process left');
			stop.abort();
			await done;
		},
	);
});
