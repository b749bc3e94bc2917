import {expect, onTestFinished, test} from 'vitest';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import {readKernelLog} from '../../source/session/read-kernel-log.ts';
import {createFakeClock} from '../fake-clock.ts';
import {sampleIdentity} from '../health/sample-host.ts';
import {idle} from './idle.ts';
import {createScriptedHost} from './scripted-host.ts';

async function reading(firstLine = 'method kmsg') {
	const clock = createFakeClock();
	const machine = createScriptedHost({kernelLog: firstLine});
	const stop = new AbortController();
	const events: HostEvent[] = [];
	readKernelLog({
		transport: machine.transport,
		sudo: 'never',
		identity: sampleIdentity(),
		clock,
		signal: stop.signal,
		emit: (event) => events.push(event),
	});
	onTestFinished(() => stop.abort());
	await idle();
	return {
		clock,
		machine,
		stop,
		said: () => events.map((event) => (event.kind === 'reading' ? `${event.name} ${event.reading.kind}` : event.kind)),
		async advance(milliseconds: number) {
			clock.advance(milliseconds);
			await idle();
		},
	};
}

test('that a log can be read is said together with its first lines, so that no picture lacks them', async () => {
	const log = await reading();
	expect(log.said()).toEqual(['kernel-log-restarted']);
	log.machine.log('2,1,1000,-;EXT4-fs error (device sda1)');
	await idle();
	expect(log.said()).toEqual(['kernel-log-restarted']);
	await log.advance(300);
	expect(log.said()).toEqual(['kernel-log-restarted', 'kernel-records', 'kernelLog ok']);
	await log.advance(60_000);
	expect(log.said().filter((word) => word === 'kernelLog ok')).toHaveLength(1);
});

test('a log without a line counts as empty, not as unknown for ever', async () => {
	const log = await reading();
	await log.advance(999);
	expect(log.said()).not.toContain('kernelLog ok');
	await log.advance(1);
	expect(log.said()).toContain('kernelLog ok');
});

test('that a log must not be read is said at once', async () => {
	const log = await reading('refused');
	expect(log.said()).toEqual(['kernelLog failed']);
});

test('after the end nothing is said any more', async () => {
	const log = await reading();
	log.machine.log('2,1,1000,-;EXT4-fs error (device sda1)');
	await idle();
	log.stop.abort();
	await idle();
	await log.advance(60_000);
	expect(log.said()).toEqual(['kernel-log-restarted']);
	expect(log.clock.pending()).toBe(0);
});
