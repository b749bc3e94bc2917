/**
 * The prune case: families of images over shared layers, retagged, unnamed, built, imported, used and protected, with
 * volumes, on a file system of its own under the engine's root. What must go is written down here, object by object.
 */
import {createHash, randomBytes} from 'node:crypto';
import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {PruneWishes} from '../../source/model/prune-plan.ts';
import {runOnHost, type LabHost} from './host-shell.ts';
import {run, tryRun} from './lab-command.ts';
import {docker, startEngine, stopEngine} from './lab-engine.ts';

const dayMs = 86_400_000;
/** The plan is made as if it were this much later, because nothing in a lab is old. */
export const aheadMs = 40 * dayMs;

export const caseWishes: Partial<PruneWishes> = {
	unusedForMs: 30 * dayMs,
	keepNewest: 1,
	dangling: true,
	stoppedForMs: 7 * dayMs,
	volumes: ['case-old'],
	protect: ['label:keep', 'fam7/*'],
};

const families = [1, 2, 3, 4, 5, 6, 7, 8];
const versions = [1, 2, 3, 4, 5, 6, 7];
const archive = 'prune-case.tar';

type Layer = {readonly file: string; readonly diffId: string};

/** Packs families and unnamed images as `docker save` would; once per run of the lab. */
export async function packCase(directory: string): Promise<void> {
	const folder = join(directory, 'prune-case');
	if (await stat(join(directory, archive)).catch(() => null)) return;
	await mkdir(folder);
	const addLayer = async (name: string, bytes: number): Promise<Layer> => {
		const content = join(folder, `${name}.content`);
		await mkdir(content);
		await writeFile(join(content, name), randomBytes(bytes));
		await run('tar', ['-C', content, '-cf', join(folder, `${name}.tar`), name]);
		await run('rm', ['-r', content]);
		return describeLayer(folder, `${name}.tar`);
	};
	await run('cp', [join(directory, 'image.tar'), join(folder, 'busybox.tar')]);
	const busybox = await describeLayer(folder, 'busybox.tar');
	const manifest: object[] = [];
	const addImage = async (tag: string | null, layers: readonly Layer[], facts: {at: number; labels?: object}) => {
		const config = JSON.stringify({
			architecture: 'amd64',
			os: 'linux',
			created: new Date(facts.at).toISOString(),
			config: {Labels: facts.labels ?? {}, Env: ['PATH=/bin']},
			rootfs: {type: 'layers', diff_ids: layers.map(({diffId}) => diffId)},
			history: layers.map(({file}) => ({created: new Date(facts.at).toISOString(), created_by: file})),
		});
		const file = `${createHash('sha256').update(config).digest('hex')}.json`;
		await writeFile(join(folder, file), config);
		manifest.push({Config: file, RepoTags: tag === null ? null : [tag], Layers: layers.map((layer) => layer.file)});
	};
	for (const family of families) {
		const base = await addLayer(`base-${family}`, 1_500_000);
		for (const version of versions) {
			const top = await addLayer(`top-${family}-${version}`, 300_000);
			// The eighth family was built "yesterday", all others more than 40 days before the plan.
			const at = Date.now() - (10 - version) * dayMs + (family === 8 ? aheadMs + dayMs : 0);
			const labels = family === 6 && version === 1 ? {keep: 'yes'} : {};
			await addImage(`fam${family}/app:${version}`, [busybox, base, top], {at, labels});
		}
	}
	for (const name of ['one', 'two', 'three']) {
		await addImage(null, [busybox, await addLayer(`unnamed-${name}`, 400_000)], {at: Date.now() - 20 * dayMs});
	}
	await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
	await run('tar', ['-C', folder, '-cf', join(directory, archive), '.']);
}

async function describeLayer(folder: string, file: string): Promise<Layer> {
	const digest = createHash('sha256').update(await readFile(join(folder, file)));
	return {file, diffId: `sha256:${digest.digest('hex')}`};
}

export type StorageRoot = {
	/** Takes it away again, and brings the engine's own root back. */
	remove(): Promise<void>;
};

/** Gives the engine an empty ext4 file system of its own as its root, and a storage driver. */
export async function mountRoot(directory: string, host: LabHost, driver: string): Promise<StorageRoot> {
	const file = join(directory, `${host.name}.img`);
	await stopEngine(host);
	await run('truncate', ['-s', '3G', file]);
	await run('mkfs.ext4', ['-q', '-m', '0', file]);
	const device = await run('losetup', ['--find', '--show', file]);
	await runOnHost(
		host,
		`mkdir -p /etc/docker; echo '{"storage-driver": "${driver}"}' >/etc/docker/daemon.json; mount ${device} /var/lib/docker`,
	);
	await startEngine(host);
	return {
		async remove() {
			await runOnHost(
				host,
				'docker version >/dev/null 2>&1 || rm -f /run/docker.pid; docker ps --all --quiet | xargs -r docker rm --force',
			);
			await stopEngine(host);
			await runOnHost(host, 'rm -f /etc/docker/daemon.json; umount /var/lib/docker || umount --lazy /var/lib/docker');
			await tryRun('losetup', ['--detach', device]);
			await run('rm', [file]);
			await startEngine(host);
		},
	};
}

/** What must go: ids of images and containers, names of volumes. */
export type Truth = {
	readonly images: readonly string[];
	readonly containers: readonly string[];
	readonly volumes: readonly string[];
};

/** Fills an engine with the case. */
export async function createCase(directory: string, host: LabHost): Promise<Truth> {
	const inner = '/tmp/prune-case';
	await runOnHost(host, `cat >${inner}.tar`, {inputFile: join(directory, archive)});
	await runOnHost(host, `docker load --quiet --input ${inner}.tar; rm ${inner}.tar`);
	await runOnHost(host, `cat >${inner}.busybox`, {inputFile: join(directory, 'image.tar')});
	await runOnHost(
		host,
		`for version in 1 2; do docker import ${inner}.busybox imported/tool:$version; sleep 1.1; done
		mkdir -p ${inner}; cd ${inner}
		for version in 0 1; do
			head -c 200000 /dev/urandom >one; head -c 100000 /dev/urandom >two
			printf 'FROM fam6/app:%s\\nCOPY one /one\\nENV STEP=1\\nCOPY two /two\\n' $((3 - version)) >Dockerfile
			DOCKER_BUILDKIT=0 docker build --quiet --tag built/app:$version .; sleep 1.1
		done
		docker tag fam4/app:4 fam4/app:stable; docker tag fam4/app:4 other/app:4; docker tag fam4/app:7 other/app:7
		docker tag fam5/app:6 fam5/app:5
		docker volume create case-old; docker volume create case-kept
		docker run --network none --name fill-old --volume case-old:/data fam1/app:7 dd if=/dev/zero of=/data/fill bs=1000 count=900
		docker rm fill-old
		docker run --detach --network none --name up --volume /anonymous fam1/app:1 sleep 1000000
		docker run --network none --name ended fam2/app:2 dd if=/dev/zero of=/written bs=1000 count=500
		docker run --network none --name kept --label keep fam3/app:3 echo done`,
		{timeoutMs: 120_000},
	);
	const goes = [
		...[1, 2, 3, 4, 5, 6].flatMap((family) => [1, 2, 3, 4, 5, 6].map((version) => `fam${family}/app:${version}`)),
		'imported/tool:1',
		'built/app:0',
	];
	const stays = new Set([
		'fam1/app:1', // up uses it
		'fam3/app:3', // kept uses it, and is protected
		'fam6/app:1', // its label protects it
		'fam6/app:2', // built/app:1, the newest of its repository, was built on it
		'fam5/app:5', // is fam5/app:6 now; what was called so has no name
	]);
	const named = await idsOf(
		host,
		goes.filter((name) => !stays.has(name)),
	);
	const steps = (await docker(host, 'history --no-trunc --quiet built/app:0')).split('\n');
	const [newest, ...ownSteps] = steps.slice(0, 3);
	if (newest === undefined) throw new Error('built/app:0 has no history');
	const unnamed = (await docker(host, 'images --no-trunc --quiet --filter dangling=true')).split('\n');
	const [ended] = await containerIds(host, ['ended']);
	return {
		images: [...new Set([...named, ...ownSteps, ...unnamed])].sort(),
		containers: ended === undefined ? [] : [ended],
		volumes: ['case-old'],
	};
}

export async function idsOf(host: LabHost, names: readonly string[]): Promise<readonly string[]> {
	return (await docker(host, `image inspect --format '{{.Id}}' ${names.join(' ')}`)).split('\n');
}

async function containerIds(host: LabHost, names: readonly string[]): Promise<readonly string[]> {
	return (await docker(host, `inspect --format '{{.Id}}' ${names.join(' ')}`)).split('\n');
}

/** Everything an engine has, sorted: its own client's answers. */
export async function listAll(host: LabHost): Promise<Truth> {
	const lines = async (commandLine: string): Promise<readonly string[]> =>
		[...new Set((await docker(host, commandLine)).split('\n').filter(Boolean))].sort();
	return {
		images: await lines('images --all --no-trunc --quiet'),
		containers: await lines('ps --all --no-trunc --quiet'),
		volumes: await lines('volume ls --quiet'),
	};
}

/** Bytes in use on the engine's file system. */
export async function usedBytes(host: LabHost): Promise<number> {
	await runOnHost(host, 'sync');
	return Number((await runOnHost(host, 'df --block-size=1 --output=used /var/lib/docker')).split('\n')[1]);
}
