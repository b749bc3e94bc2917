import {randomUUID} from 'node:crypto';
import {hostname} from 'node:os';
import {describe, expect, test} from 'vitest';
import {createFilesystemReader} from '../../source/collectors/filesystems.ts';
import {parseHello} from '../../source/collectors/hello.ts';
import {openProbe} from '../../source/collectors/probe.ts';
import {probeCommand, probeScript} from '../../source/collectors/probe-script.ts';
import {parseVitals} from '../../source/collectors/vitals.ts';
import {LadderError} from '../../source/model/ladder-error.ts';
import {TransportError, type Transport} from '../../source/model/transport.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createShellTransport, findShells, processesMarked} from './shell-transport.ts';
import {until} from './until.ts';

const signal = new AbortController().signal;
const onLinux = process.platform === 'linux';

function failureOf(promise: Promise<unknown>): Promise<LadderError> {
	return promise.then(
		() => Promise.reject(new Error('it opened')),
		(error: unknown) => (error instanceof LadderError ? error : Promise.reject(error as Error)),
	);
}

/** A host where, whatever is asked, this script runs instead. */
function hostRunning(script: string): Transport {
	const transport = createShellTransport();
	return {...transport, exec: () => transport.exec(script)};
}

test('the probe can be quoted in every login shell', () => {
	expect(probeScript).not.toMatch(/['!\n]|\\\\/);
	expect(probeCommand).toMatch(/^exec sh -c '[^']*' sickbay-probe$/);
});

describe.runIf(onLinux)('a real shell on this machine (needs Linux for /proc)', () => {
	test.each(findShells())('login shell %s: the probe says who the host is and how it fares', async (_name, program) => {
		const transport = createShellTransport(program);
		const probe = await openProbe(transport, {sudo: 'never', signal});
		const facts = parseHello(await probe.ask('hello', ['never']));
		expect(facts.identity.hostname).toBe(hostname());
		expect(facts.identity.userId).toBe(process.getuid?.());
		expect(facts.identity.kernel.name).toBe('Linux');
		expect(facts.cpuCount).toBeGreaterThan(0);
		expect(facts.sudo).toBe('skipped');
		const vitals = parseVitals(await probe.ask('vitals'), facts.cpuCount);
		expect(vitals.memoryTotalBytes).toBeGreaterThan(64 * 1024 * 1024);
		expect(vitals.uptimeSeconds).toBeGreaterThanOrEqual(Math.floor(facts.identity.uptimeSeconds));
		const reading = await createFilesystemReader(transport, {clock: systemClock, signal}).read({
			engineRoot: '/no/such/engine',
			containerdRoot: null,
		});
		expect(reading).toMatchObject({kind: 'ok', value: [{mountPoint: '/', roles: ['root', 'engine-root']}]});
		probe.close();
		await probe.ended;
	});

	test.each(findShells())(
		'login shell %s: nothing is left on the host when the connection drops',
		async (_name, program) => {
			const mark = `SICKBAY_TEST=${randomUUID()}`;
			const transport = createShellTransport(program, {...process.env, SICKBAY_TEST: mark.slice(13)});
			const probe = await openProbe(transport, {sudo: 'never', signal});
			await probe.ask('vitals');
			expect(processesMarked(mark)).not.toHaveLength(0);
			transport.lose();
			await until(() => processesMarked(mark).length === 0, 'no process left');
			await probe.ended;
		},
	);
});

test('a login script that prints, even without a newline, does not disturb the first answer', async () => {
	const probe = await openProbe(hostRunning(`printf "Welcome!\\nDisk at 93%%"; ${probeCommand}`), {
		sudo: 'never',
		signal,
	});
	expect(parseHello(await probe.ask('hello')).identity.kernel.name).toBe('Linux');
	probe.close();
});

test('an account without a shell is told apart, with the words of the host', async () => {
	const nologin = hostRunning('echo This account is currently not available.; exit 1');
	expect(await failureOf(openProbe(nologin, {sudo: 'auto', signal}))).toMatchObject({
		rung: 'shell',
		code: 'no-shell',
		detail: ['This account is currently not available.', 'exit status 1'],
	});
});

test('a key that is only good for the engine answers no probe', async () => {
	const dial = hostRunning('read -r line; printf "HTTP/1.1 400 Bad Request\\r\\n\\r\\n"');
	const error = await failureOf(openProbe(dial, {sudo: 'auto', signal}));
	expect([error.code, error.detail[0]]).toEqual(['no-shell', 'HTTP/1.1 400 Bad Request']);
});

test('escape sequences in what a host prints instead of an answer never reach the screen', async () => {
	const hostile = hostRunning('printf "\\033[2J\\033]0;owned\\007gone\\n" >&2; exit 3');
	const error = await failureOf(openProbe(hostile, {sudo: 'auto', signal}));
	expect(error.detail).toEqual(['gone', 'exit status 3']);
});

test('a shell that never answers is not taken for a missing one', async () => {
	const error = await failureOf(
		openProbe(hostRunning('while read -r q; do :; done'), {sudo: 'auto', signal, openTimeoutMs: 50}),
	);
	expect([error.rung, error.code]).toEqual(['shell', 'no-answer']);
});

test('a host without a free session says so', async () => {
	const full = {
		...createShellTransport(),
		exec: () => Promise.reject(new TransportError('sessions-exhausted', 'open failed')),
	};
	expect((await failureOf(openProbe(full, {sudo: 'auto', signal}))).code).toBe('sessions-exhausted');
});

/** Answers hello, then each further request only when the test lets it. */
function slowHost(): {transport: Transport; asked: () => number; answer: () => void} {
	const script =
		'while read -r q; do case $q in hello*) printf "\\036hello\\n";; vitals*) read -r go; printf "\\035loadavg\\nlate\\n\\036vitals\\n";; esac; done';
	const transport = createShellTransport();
	let asked = 0;
	let write = (_text: string): void => {};
	return {
		asked: () => asked,
		answer: () => write('go\n'),
		transport: {
			...transport,
			async exec() {
				const channel = await transport.exec(script);
				const original = channel.stream.write.bind(channel.stream) as (text: string) => boolean;
				write = original;
				channel.stream.write = ((text: string) => {
					if (text.startsWith('vitals')) asked++;
					return original(text);
				}) as typeof channel.stream.write;
				return channel;
			},
		},
	};
}

test('requests never pile up on a host that is slow: after a time-out it is asked again only once it has answered', async () => {
	const host = slowHost();
	const probe = await openProbe(host.transport, {sudo: 'never', signal});
	await expect(probe.ask('vitals', [], 20)).rejects.toMatchObject({failure: {code: 'timeout'}});
	await expect(probe.ask('vitals', [], 20)).rejects.toMatchObject({
		failure: {message: expect.stringContaining('owes')},
	});
	expect(host.asked()).toBe(1);
	host.answer();
	let answer: ReadonlyMap<string, string> | null = null;
	while (!answer) {
		const question = probe.ask('vitals', [], 5000).catch(() => null);
		await new Promise((resolve) => setImmediate(resolve));
		if (host.asked() === 2) host.answer();
		answer = await question;
	}
	expect(answer.get('loadavg')).toBe('late');
	expect(host.asked()).toBe(2);
	probe.close();
});

test('an answer without end is dropped at its bound', async () => {
	const script =
		'while read -r q; do case $q in hello*) printf "\\036hello\\n";; *) printf "\\035loadavg\\n"; head -c 2000000 /dev/zero | tr "\\0" x; printf "\\n\\036vitals\\n";; esac; done';
	const probe = await openProbe(hostRunning(script), {sudo: 'never', signal});
	await expect(probe.ask('vitals')).rejects.toMatchObject({failure: {code: 'malformed'}});
	probe.close();
});

test('a df that hangs on a dead network mount is not joined by a second one', async () => {
	let started = 0;
	const hanging = hostRunning('while read -r q; do :; done');
	const transport = {...hanging, exec: (line: string) => (started++, hanging.exec(line))};
	const stop = new AbortController();
	const reader = createFilesystemReader(transport, {clock: systemClock, signal: stop.signal, timeoutMs: 20});
	const roots = {engineRoot: null, containerdRoot: null};
	expect(await reader.read(roots)).toMatchObject({kind: 'failed', reason: {code: 'timeout'}});
	expect(await reader.read(roots)).toMatchObject({kind: 'failed', reason: {code: 'timeout'}});
	expect(started).toBe(1);
	stop.abort();
});
