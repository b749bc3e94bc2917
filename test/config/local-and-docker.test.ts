import {createHash} from 'node:crypto';
import {createServer} from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {findLocalEngine} from '../../source/config/find-local-engine.ts';
import {readDockerContexts} from '../../source/config/read-docker-contexts.ts';
import {createTemporaryHome, type TemporaryHome} from './temporary-home.ts';

/** What `docker context create NAME --docker host=HOST` of Docker 28.2.2 wrote. */
async function writeContext(home: TemporaryHome, name: string, host: string, directory = '.docker'): Promise<void> {
	const meta = {Name: name, Metadata: {}, Endpoints: {docker: {Host: host, SkipTLSVerify: false}}};
	await home.write(
		`${directory}/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`,
		JSON.stringify(meta),
	);
}

const existing =
	(...sockets: readonly string[]) =>
	(file: string) =>
		Promise.resolve(sockets.includes(file));

describe('Docker contexts', () => {
	test('are read with their names and addresses, and the one in use is known', async () => {
		const home = await createTemporaryHome();
		await writeContext(home, 'prod', 'ssh://root@prod-1:2222');
		await writeContext(home, 'desktop', 'unix:///home/me/.docker/run/docker.sock');
		await home.write('.docker/config.json', '{"auths": {}, "currentContext": "desktop"}');
		const {all, current} = await readDockerContexts(home.env);
		expect([...all].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
			{name: 'desktop', address: 'unix:///home/me/.docker/run/docker.sock'},
			{name: 'prod', address: 'ssh://root@prod-1:2222'},
		]);
		expect(current?.name).toBe('desktop');
		expect((await readDockerContexts({...home.env, DOCKER_CONTEXT: 'prod'})).current?.name).toBe('prod');
	});

	test('give way to DOCKER_HOST, and live where DOCKER_CONFIG says', async () => {
		const home = await createTemporaryHome();
		await writeContext(home, 'elsewhere', 'ssh://web', 'other');
		const env = {...home.env, DOCKER_CONFIG: path.join(home.directory, 'other'), DOCKER_HOST: 'ssh://me@build'};
		expect(await readDockerContexts(env)).toEqual({
			all: [
				{name: 'DOCKER_HOST', address: 'ssh://me@build'},
				{name: 'elsewhere', address: 'ssh://web'},
			],
			current: {name: 'DOCKER_HOST', address: 'ssh://me@build'},
		});
	});

	test('that are damaged are passed over', async () => {
		const home = await createTemporaryHome();
		await writeContext(home, 'good', 'ssh://web');
		const damaged = ['', '{', 'null', '[]', '{"Name": 3}', '{"Name": "x", "Endpoints": {"kubernetes": {}}}', '\0'];
		for (const [index, text] of damaged.entries()) await home.write(`.docker/contexts/meta/${index}/meta.json`, text);
		await home.write('.docker/contexts/meta/a-file', 'x');
		await home.write('.docker/config.json', 'not JSON');
		expect((await readDockerContexts(home.env)).all).toEqual([{name: 'good', address: 'ssh://web'}]);
	});

	test('of a person without Docker are none', async () => {
		const {env} = await createTemporaryHome();
		expect(await readDockerContexts(env)).toEqual({all: [], current: null});
	});
});

describe('the engine of this machine', () => {
	const env = {HOME: '/home/me', XDG_RUNTIME_DIR: '/run/user/1000'};

	test.each([
		['/var/run/docker.sock'],
		['/run/user/1000/docker.sock'],
		['/home/me/.docker/run/docker.sock'],
		['/run/podman/podman.sock'],
		['/run/user/1000/podman/podman.sock'],
	])('is found at %s', async (socket) => {
		expect(await findLocalEngine({current: null, env, isSocket: existing(socket)})).toEqual({
			socket,
			isExplicit: false,
		});
	});

	test('is Docker rather than Podman where both are', async () => {
		const isSocket = existing('/run/podman/podman.sock', '/var/run/docker.sock');
		expect((await findLocalEngine({current: null, env, isSocket}))?.socket).toBe('/var/run/docker.sock');
	});

	test('is the one that DOCKER_HOST or the context in use names, and no other', async () => {
		const current = {name: 'DOCKER_HOST', address: 'unix:///tmp/mine.sock'};
		const both = existing('/tmp/mine.sock', '/var/run/docker.sock');
		expect(await findLocalEngine({current, env, isSocket: both})).toEqual({
			socket: '/tmp/mine.sock',
			isExplicit: true,
		});
		expect(await findLocalEngine({current, env, isSocket: existing('/var/run/docker.sock')})).toBeNull();
	});

	test('is still there while docker speaks to another machine', async () => {
		const current = {name: 'prod', address: 'ssh://prod'};
		const engine = await findLocalEngine({current, env, isSocket: existing('/var/run/docker.sock')});
		expect(engine?.socket).toBe('/var/run/docker.sock');
	});

	test('is a socket, not a file that is called so', async () => {
		const home = await createTemporaryHome();
		const socket = path.join(home.directory, 'docker.sock');
		const current = {name: 'DOCKER_HOST', address: `unix://${socket}`};
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(socket, resolve));
		onTestFinished(() => void server.close());
		expect((await findLocalEngine({current, env: home.env}))?.socket).toBe(socket);
		const file = await home.write('file.sock', '');
		expect(
			await findLocalEngine({current: {name: 'DOCKER_HOST', address: `unix://${file}`}, env: home.env}),
		).toBeNull();
	});
});
