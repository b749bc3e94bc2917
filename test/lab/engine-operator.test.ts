/** Disk usage and removals on a real engine, over a real connection, beside what its own client says. */
import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import type {ContainerUse, ImageUse} from '../../source/model/disk-usage.ts';
import {valueOf} from '../../source/model/reading.ts';
import {runOnHost, type LabHost} from './host-shell.ts';
import {docker, killEngine, labImage, runContainer, startEngine} from './lab-engine.ts';
import {operateLabHost, type OperatedHost} from './operated-host.ts';

const lab = inject('lab');
const never = new AbortController().signal;

const dockerfile = [
	`FROM ${labImage}`,
	'LABEL team=shop',
	'RUN dd if=/dev/urandom of=/one bs=1000 count=300',
	'WORKDIR /app',
	'RUN dd if=/dev/urandom of=/app/two bs=1000 count=200',
	'CMD ["sleep", "1000"]',
].join('\\n');

describe.skipIf(lab === null)('a real engine that is operated', () => {
	const [host] = (lab?.hosts ?? []) as [LabHost];
	let operated: OperatedHost;

	beforeAll(async () => {
		if (lab === null) return;
		await runOnHost(host, `mkdir -p /tmp/build && printf '${dockerfile}' >/tmp/build/Dockerfile`);
		const build = (tag: string, options = ''): Promise<string> =>
			runOnHost(host, `DOCKER_BUILDKIT=0 docker build --quiet --network none ${options} --tag ${tag} /tmp/build`);
		await build('shop/app:1');
		await runOnHost(
			host,
			`printf 'FROM shop/app:1\\nRUN dd if=/dev/urandom of=/three bs=1000 count=50' >/tmp/build/Dockerfile`,
		);
		await build('shop/app:2');
		await build('shop/app:2', '--no-cache');
		await docker(host, 'tag shop/app:1 shop/also:1');
		await docker(host, 'volume create --label team=shop named');
		await runContainer(host, 'serving', 'sleep 1000000', '--volume named:/data --volume /anonymous');
		await docker(host, 'run --network none --name written shop/app:2 dd if=/dev/zero of=/big bs=1000 count=70');
		await docker(
			host,
			'run --network none --name talker shop/app:1 sh -c "dd if=/dev/urandom bs=1000 count=100 | tail -c 50000"',
		);
		operated = await operateLabHost(lab, host.name);
	});

	afterAll(async () => {
		if (lab === null) return;
		await operated.close();
		// What is left may be anything, if a test failed: a host is the next file's host, too.
		const clean = [
			'docker rm --force --volumes serving written talker',
			'docker volume rm named',
			'docker image ls --quiet "shop/*" | xargs -r docker rmi --force',
			'docker image prune --force',
		];
		await runOnHost(host, clean.map((line) => `${line} >/dev/null 2>&1 || :`).join('; '));
	});

	const uses = async <Part extends 'images' | 'containers'>(
		part: Part,
	): Promise<readonly (Part extends 'images' ? ImageUse : ContainerUse)[]> =>
		(valueOf<unknown>(await operated.engine().readDiskUsage(part, never)) ?? []) as never;

	/** Bytes as `docker` prints them. */
	const human = (bytes: number, digits = 4): string => {
		const units = ['B', 'kB', 'MB', 'GB'];
		let [value, unit] = [bytes, 0];
		for (; value >= 1000; value /= 1000) unit++;
		return `${Number(value.toPrecision(digits))}${units[unit] ?? ''}`;
	};

	it('has the image sizes of `docker system df -v`, shared and unique', async () => {
		const table = await runOnHost(
			host,
			`docker system df -v --format '{{range .Images}}{{.ID}} {{.Size}} {{.SharedSize}} {{.UniqueSize}}\n{{end}}'`,
		);
		const printed = new Set(
			table
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => line.replace(/^sha256:/, '').slice(0, 12) + line.slice(line.indexOf(' '))),
		);
		const images = await uses('images');
		const read = images.map(({id, sizeBytes, sharedBytes}) =>
			[id.slice(7, 19), human(sizeBytes, 3), human(sharedBytes ?? -1), human(sizeBytes - (sharedBytes ?? 0))].join(' '),
		);
		expect(new Set(read)).toEqual(printed);
		expect(images.length).toBeGreaterThan(3);
	});

	it('has the writable sizes of `docker ps --size`, and the mounts', async () => {
		const table = await runOnHost(host, `docker ps --all --size --format '{{.Names}} {{.Size}}'`);
		const containers = await uses('containers');
		const read = containers.map(({name, writableBytes}) => `${name} ${human(writableBytes ?? -1, 3)}`);
		expect(new Set(read)).toEqual(new Set(table.split('\n').map((line) => line.replace(/ \(virtual.*/, ''))));
		expect(containers.find(({name}) => name === 'serving')?.volumes).toContain('named');
		expect(containers.find(({name}) => name === 'written')?.writableBytes).toBe(70_000);
	});

	it('names layers as the engine names them on disk, and their sizes add up', async () => {
		const folders = new Set((await runOnHost(host, 'ls /var/lib/docker/image/*/layerdb/sha256')).split('\n'));
		for (const image of await uses('images')) {
			const layers = await operated.engine().readImageLayers(image.id, never);
			expect(layers.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0)).toBe(image.sizeBytes);
			for (const {chainId} of layers) expect(folders).toContain(chainId.replace('sha256:', ''));
		}
	});

	it('has the log files as they lie there, also for an account that needs sudo, but not for one without', async () => {
		const listed = await runOnHost(
			host,
			`find /var/lib/docker/containers -name '*-json.log' -size +0 -exec stat -c '%s %n' {} +`,
		);
		const logs = valueOf(await operated.engine().readDiskUsage('logFiles', never)) ?? [];
		const read = logs.filter(({bytes}) => bytes > 0).map(({bytes, path}) => `${bytes} ${path}`);
		expect(new Set(read)).toEqual(new Set(listed.split('\n')));
		if (lab === null) return;
		const deputy = await operateLabHost(lab, `${host.name}-deputy`);
		expect(valueOf(await deputy.engine().readDiskUsage('logFiles', never))).toEqual(logs);
		expect(
			await deputy.operator.run(['id', '-u'], {sudo: 'needed', timeoutMs: 10_000, maxBytes: 100, signal: never}),
		).toMatchObject({stdout: '0\n'});
		await deputy.supervisor.readDiskUsage(`${host.name}-deputy`, ['rootDirectories']);
		expect(valueOf(deputy.state().diskUsage.rootDirectories)?.bytes).toBeGreaterThan(1_000_000);
		await deputy.close();
		const barred = await operateLabHost(lab, `${host.name}-operator`);
		await expect(barred.engine().readDiskUsage('logFiles', never)).rejects.toMatchObject({
			failure: {code: 'not-permitted'},
		});
		await barred.close();
	});

	it('measures its root, and knows every layer directory', async () => {
		await operated.supervisor.readDiskUsage(host.name, ['rootDirectories']);
		const root = valueOf(operated.state().diskUsage.rootDirectories);
		const du = Number((await runOnHost(host, 'du -xks /var/lib/docker')).split('\t')[0]) * 1024;
		expect(Math.abs((root?.bytes ?? 0) - du)).toBeLessThan(1_000_000);
		expect(root?.layerDirectories?.unreferenced ?? 0).toBe(0);
	});

	it('refuses what is used, takes what is not, and knows what is gone', async () => {
		const engine = operated.engine();
		expect(await engine.removeContainer('serving', never)).toMatchObject({kind: 'in-use'});
		expect(await engine.removeVolume('named', never)).toMatchObject({kind: 'in-use'});
		const users = await engine.readImageUsers(never);
		expect([...users.values()].flat()).toContain('written');
		const images = await uses('images');
		const used = images.find(({tags}) => tags.includes('shop/app:2'));
		expect(await engine.removeImage(used?.id ?? '', never)).toMatchObject({kind: 'in-use'});
		const dangling = images.find(({id, tags}) => tags.length === 0 && !users.has(id));
		expect(await engine.removeImage(dangling?.id ?? '', never)).toMatchObject({kind: 'removed'});
		expect(await engine.removeImage(dangling?.id ?? '', never)).toEqual({kind: 'gone'});
		expect(await engine.removeImage('shop/also:1', never)).toEqual({
			kind: 'removed',
			freedBytes: null,
			detail: 'untagged shop/also:1',
		});
		const left = await runOnHost(host, 'docker images --all --quiet --no-trunc');
		expect(left).not.toContain(dangling?.id ?? 'none');
		expect(left).toContain(used?.id ?? 'none');
		const finished = await engine.readFinishTimes(
			(await uses('containers')).map(({id}) => id),
			never,
		);
		expect([...finished.values()].filter((at) => at === null)).toHaveLength(1);
		expect(await engine.removeContainer('written', never)).toEqual({kind: 'removed', freedBytes: null, detail: ''});
		expect(await engine.removeContainer('written', never)).toEqual({kind: 'gone'});
	});

	it('that dies with a removal under way leaves it unknown, and tells the truth when it is back', async () => {
		const engine = operated.engine();
		await runOnHost(host, 'kill -STOP $(cat /run/docker.pid)');
		const lost = engine.removeContainer('talker', never);
		await new Promise((resolve) => setImmediate(resolve));
		await runOnHost(host, 'sleep 0.5');
		await killEngine(host);
		expect(await lost).toMatchObject({kind: 'unknown'});
		await startEngine(host);
		await operated.untilReady();
		expect((await uses('containers')).map(({name}) => name)).toContain('talker');
		expect(await operated.engine().removeContainer('talker', never)).toMatchObject({kind: 'removed'});
	});
});
