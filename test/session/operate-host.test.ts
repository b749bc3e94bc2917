import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {HostEvent} from '../../source/fleet/fleet-event.ts';
import type {Host} from '../../source/model/host.ts';
import type {HostOperator, RunOptions} from '../../source/model/host-operator.ts';
import {operateHost, type HostMeans, type OperatedHost} from '../../source/session/operate-host.ts';
import {createDiskUsageReader, type DiskUsageReader} from '../../source/session/read-disk-usage.ts';
import {createLadderClimb} from '../../source/session/ladder-climb.ts';
import {systemClock} from '../../source/support/clock.ts';
import {createSocketTransport, type SocketTransport} from '../engine/socket-transport.ts';
import {json} from '../engine/fake-engine.ts';
import {never, operatedEngine, type OperatedEngine} from '../engine/operated-engine.ts';
import {sampleHostDeclaration, sampleIdentity} from '../health/sample-host.ts';

type Operated = OperatedHost & {readonly transport: SocketTransport; readonly stop: AbortController};

function operated(means: Partial<HostMeans> = {}, host: Partial<Host> = {}): Operated {
	const transport = createSocketTransport();
	const stop = new AbortController();
	const connection = {
		host: sampleHostDeclaration({key: 'web-01', name: 'web-01', sudo: 'never', ...host}),
		transport,
		local: false,
		climb: createLadderClimb(() => {}),
		clock: systemClock,
		signal: stop.signal,
		emit: () => {},
	};
	const all = {identity: sampleIdentity({userId: 1000}), engine: () => null, engineRoot: () => null, ...means};
	return {...operateHost(connection, all), transport, stop};
}

const run = (operator: HostOperator, words: readonly string[], options: Partial<RunOptions> = {}) =>
	operator.run(words, {sudo: 'never', timeoutMs: 10_000, maxBytes: 1000, signal: never, ...options});

describe('a command on a connected host', () => {
	test('gets its words as they are, however a shell would read them', async () => {
		const {operator} = operated();
		const words = ['printf', '%s|', "it's", '$HOME', 'a b', '*', ';', ''];
		expect(await run(operator, words)).toEqual({
			kind: 'exited',
			code: 0,
			stdout: "it's|$HOME|a b|*|;||",
			stderr: '',
			truncated: false,
		});
	});

	test('says its exit code and what it said, cleaned, cut where it says too much', async () => {
		const {operator} = operated();
		expect(await run(operator, ['sh', '-c', 'printf "\\033[31mred\\tx\\n\\007"; echo no >&2; exit 3'])).toMatchObject({
			kind: 'exited',
			code: 3,
			stdout: 'red\tx\n\uFFFD',
			stderr: expect.stringContaining('no') as string,
		});
		expect(await run(operator, ['printf', '%s', 'abcdef'], {maxBytes: 4})).toMatchObject({
			stdout: 'abcd',
			truncated: true,
		});
	});

	test('reads its input to the end', async () => {
		const {operator} = operated();
		expect(await run(operator, ['cat'], {input: 'two\nlines'})).toMatchObject({stdout: 'two\nlines', code: 0});
	});

	test('uses sudo only where it is needed and may be tried', async () => {
		const commandOf = async (host: Partial<Host>, userId: number, sudo: 'needed' | 'never') => {
			const {operator, transport} = operated({identity: sampleIdentity({userId})}, host);
			await run(operator, ['true'], {sudo});
			return transport.commands[0];
		};
		expect(await commandOf({sudo: 'auto'}, 1000, 'needed')).toBe('exec sudo -n -- true');
		expect(await commandOf({sudo: 'auto'}, 0, 'needed')).toBe('exec true');
		expect(await commandOf({sudo: 'never'}, 1000, 'needed')).toBe('exec true');
		expect(await commandOf({sudo: 'auto'}, 1000, 'never')).toBe('exec true');
	});

	test('that does not end in time, is killed, or is stopped, is told apart', async () => {
		const {operator} = operated();
		expect(await run(operator, ['sh', '-c', 'echo begun; sleep 5'], {timeoutMs: 200})).toMatchObject({kind: 'timeout'});
		expect(await run(operator, ['sh', '-c', 'kill -9 $$'])).toEqual({kind: 'lost', detail: 'ended by signal SIGKILL'});
		const stop = new AbortController();
		const stopped = run(operator, ['sleep', '5'], {signal: stop.signal});
		stop.abort(new Error('enough'));
		await expect(stopped).rejects.toThrow('enough');
	});

	test('never starts where there is no shell, or the connection is gone', async () => {
		const engineOnly = operated({identity: null});
		expect(await run(engineOnly.operator, ['true'])).toMatchObject({kind: 'refused'});
		const gone = operated();
		gone.stop.abort();
		expect(await run(gone.operator, ['true'])).toMatchObject({kind: 'refused'});
		expect([...engineOnly.transport.commands, ...gone.transport.commands]).toEqual([]);
	});

	test('a fresh look at one file system', async () => {
		const {operator} = operated();
		const here = await operator.readFilesystem(tmpdir(), never);
		expect(here?.sizeBytes).toBeGreaterThan(0);
		expect(tmpdir().startsWith(here?.mountPoint ?? 'none')).toBe(true);
	});
});

/** An engine's root as json-file leaves it. */
function engineRootWithLogs(): string {
	const root = mkdtempSync(join(tmpdir(), 'sickbay-root-'));
	onTestFinished(() => rmSync(root, {recursive: true, force: true}));
	const id = 'ab'.repeat(32);
	mkdirSync(join(root, 'containers', id), {recursive: true});
	writeFileSync(join(root, 'containers', id, `${id}-json.log`), 'x'.repeat(700));
	writeFileSync(join(root, 'containers', id, `${id}-json.log.1`), 'x'.repeat(300));
	const other = 'cd'.repeat(32);
	mkdirSync(join(root, 'containers', other, 'local-logs'), {recursive: true});
	writeFileSync(join(root, 'containers', other, 'local-logs', 'container.log'), 'x'.repeat(50));
	mkdirSync(join(root, 'volumes', 'data', '_data'), {recursive: true});
	writeFileSync(join(root, 'volumes', 'data', '_data', 'blob'), 'x'.repeat(100_000));
	return root;
}

type Asked = {readonly events: HostEvent[]; readonly reader: DiskUsageReader};

function asked(host: Operated | null): Asked {
	const events: HostEvent[] = [];
	const connected = (): OperatedHost | null => host;
	return {events, reader: createDiskUsageReader({connected, clock: systemClock, emit: (event) => events.push(event)})};
}

function operatedBy({operator}: OperatedEngine, root: string): Operated {
	return operated({engine: () => operator, engineRoot: () => root});
}

describe('what keeps the disk of a connected host', () => {
	test('log files count with what they were rotated into, from the host and through its engine alike', async () => {
		const host = operatedBy(await operatedEngine('1.44'), engineRootWithLogs());
		const {events, reader} = asked(host);
		await reader.read(['logFiles']);
		expect(events).toMatchObject([
			{kind: 'disk-usage', part: 'logFiles', reading: {kind: 'ok', value: [{bytes: 1000}, {bytes: 50}]}},
		]);
		expect(await host.operator.engine?.readDiskUsage('logFiles', never)).toMatchObject({
			value: [
				{containerId: 'ab'.repeat(32), path: expect.stringMatching(/-json\.log$/) as string},
				{containerId: 'cd'.repeat(32), path: expect.stringMatching(/local-logs\/container\.log$/) as string},
			],
		});
	});

	test('the rest of the root is measured by directory, largest first', async () => {
		const root = engineRootWithLogs();
		const {events, reader} = asked(operatedBy(await operatedEngine('1.44'), root));
		await reader.read(['rootDirectories']);
		expect(events).toMatchObject([
			{
				reading: {
					kind: 'ok',
					value: {path: root, directories: [{name: 'volumes'}, {name: 'containers'}], layerDirectories: null},
				},
			},
		]);
	});

	test('a registry is measured where it stores, and found even where the engine does not say where a volume is', async () => {
		const engine = await operatedEngine('1.44');
		engine.engine.answers['/containers/json'] = json(
			JSON.stringify([
				{
					Id: 'r1',
					Names: ['/registry'],
					Image: 'registry:2',
					ImageID: 'sha256:a',
					Mounts: [
						{Type: 'volume', Name: 'data', Source: '', Destination: '/var/lib/registry'},
						{Type: 'bind', Source: '/etc/registry', Destination: '/etc/docker/registry'},
					],
				},
				{Id: 'r2', Names: ['/bare'], Image: 'example.net/registry:3', ImageID: 'sha256:b'},
				{Id: 'w', Names: ['/web'], Image: 'nginx', ImageID: 'sha256:c'},
			]),
		);
		const root = engineRootWithLogs();
		const {events, reader} = asked(operatedBy(engine, root));
		await reader.read(['registries']);
		const [event] = events;
		expect(event).toMatchObject({
			reading: {
				value: [
					{name: 'registry', path: join(root, 'volumes/data/_data')},
					{name: 'bare', path: null, bytes: null},
				],
			},
		});
		const bytes =
			event?.kind === 'disk-usage' && event.part === 'registries' && event.reading.kind === 'ok'
				? event.reading.value[0]?.bytes
				: null;
		expect(bytes).toBeGreaterThanOrEqual(100_000);
	});

	test('each part is asked once at a time, whoever wants it', async () => {
		const engine = await operatedEngine('1.44');
		engine.engine.answers['/images/json'] = json('[]');
		const {events, reader} = asked(operatedBy(engine, '/nowhere'));
		await Promise.all([reader.read(['images']), reader.read(['images', 'images'])]);
		expect(engine.engine.asked).toEqual(['/images/json']);
		expect(events).toHaveLength(1);
	});

	test('without a connection, an engine, a shell or a root, the reading says so', async () => {
		const failure = async (host: Operated | null, part: 'images' | 'logFiles') => {
			const {events, reader} = asked(host);
			await reader.read([part]);
			const [event] = events;
			return event?.kind === 'disk-usage' && event.reading.kind === 'failed' ? event.reading.reason : null;
		};
		expect(await failure(null, 'images')).toMatchObject({code: 'lost'});
		expect(await failure(operated(), 'images')).toMatchObject({
			code: 'lost',
			message: 'the engine cannot be reached now',
		});
		expect(await failure(operated(), 'logFiles')).toMatchObject({code: 'not-found'});
		expect(await failure(operated({identity: null}), 'logFiles')).toMatchObject({code: 'unsupported'});
		expect(await failure(operated({engineRoot: () => '/no/such/root'}), 'logFiles')).toMatchObject({code: 'not-found'});
	});
});
