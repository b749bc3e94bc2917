import {expect, test} from 'vitest';
import {watchEngine} from '../../source/engine/watch-engine.ts';
import {systemClock} from '../../source/support/clock.ts';
import {hang, json, startFakeEngine} from './fake-engine.ts';
import {never} from './operated-engine.ts';
import {createSocketTransport} from './socket-transport.ts';

test('a watched engine can be asked while it is there, not while it hangs, and anew once it is back', async () => {
	const engine = await startFakeEngine();
	const stop = new AbortController();
	const watch = watchEngine({
		transport: createSocketTransport(),
		access: {socketPath: engine.path, dockerHost: null, sockets: [], programs: [], sudo: 'no'},
		clock: systemClock,
		signal: stop.signal,
		timings: {heartbeatMs: 40, pingMs: 60, listMs: 60, eventsOpenMs: 20, retry: {firstMs: 10, capMs: 20}},
		emit: () => {},
	});
	expect(watch.operator()).toBeNull();
	await expect.poll(() => watch.operator()?.apiVersion).toBe('1.41');
	const first = watch.operator();
	engine.answers['/system/df'] = json('{"Volumes":[]}');
	expect(await first?.readDiskUsage('volumes', never)).toMatchObject({kind: 'ok', value: []});

	const ping = engine.answers['/_ping'];
	engine.answers['/_ping'] = hang;
	await expect
		.poll(() =>
			first?.readDiskUsage('volumes', never).then(
				() => 'answered',
				(error: unknown) => (error as Error).message,
			),
		)
		.toContain('the engine hangs');
	const asked = engine.asked.length;
	expect(await first?.removeVolume('data', never)).toMatchObject({
		kind: 'failed',
		detail: 'the engine hangs: nothing was sent',
	});
	expect(engine.asked.slice(asked).filter((path) => path === '/volumes/data')).toEqual([]);

	if (ping) engine.answers['/_ping'] = ping;
	await engine.close();
	await expect.poll(() => watch.operator()).toBeNull();
	await expect(first?.readDiskUsage('volumes', never)).rejects.toMatchObject({failure: {code: 'lost'}});
	stop.abort();
	await watch.done;
});
