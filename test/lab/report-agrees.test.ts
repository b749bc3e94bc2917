import {afterAll, beforeAll, describe, expect, inject, it} from 'vitest';
import {runOnHost, type LabHost} from './host-shell.ts';
import {docker, importImage, runContainer} from './lab-engine.ts';
import {readReport, type ReportHost} from './sickbay-report.ts';
import {waitFor} from './wait-for.ts';

const lab = inject('lab');

describe.skipIf(lab === null)('a report over two hosts agrees with what the hosts say themselves', () => {
	const [first, second] = lab?.hosts ?? [];
	let reported: ReadonlyMap<string, ReportHost>;
	let durationMs: number;

	beforeAll(async () => {
		if (!lab || !first || !second) return;
		await Promise.all(['web', 'cache', 'worker'].map((name) => runContainer(first, name)));
		await docker(first, 'stop --time 0 worker');
		await runContainer(first, 'sick', undefined, '--health-cmd false --health-interval 1s --health-retries 1');
		await importImage(first, lab.directory, 'lab/other:2');
		await runContainer(second, 'alone');
		await waitFor('the engine calls the container unhealthy', 20_000, () =>
			docker(first, 'ps --quiet --filter health=unhealthy'),
		);
		const startedAt = Date.now();
		reported = (await readReport(lab, [first.name, second.name])).hosts;
		durationMs = Date.now() - startedAt;
	});

	afterAll(async () => {
		if (!first || !second) return;
		await docker(first, 'rm --force --volumes web cache worker sick');
		await docker(first, 'rmi --force lab/other:2');
		await docker(second, 'rm --force alone');
	});

	it('is there, and over, as soon as both have answered', () => {
		expect(durationMs).toBeLessThan(10_000);
	});

	const each = [
		['first', first],
		['second', second],
	] as const;

	describe.each(each)('the %s host', (_, host) => {
		const actual = (script: string): Promise<string> => runOnHost(host as LabHost, script);
		const report = (): ReportHost => {
			const found = reported.get((host as LabHost).name);
			if (!found) throw new Error('the host is missing in the report');
			return found;
		};

		it('was reached up to its container list', () => {
			expect(report().rung).toEqual({reached: 'info', broken: null, reason: null});
			expect(report().address).toContain((host as LabHost).address);
		});

		it('has the kernel of uname', async () => {
			expect(report().kernel).toBe(await actual('uname -r'));
		});

		it('has the distribution of os-release', async () => {
			expect(report().os).toBe(await actual('. /etc/os-release; echo "$PRETTY_NAME"'));
		});

		it('has the boot id and the uptime of /proc', async () => {
			expect(report().bootId).toBe(await actual('cat /proc/sys/kernel/random/boot_id'));
			const uptimeSeconds = Number((await actual('cat /proc/uptime')).split(' ')[0]);
			expect(report().uptimeSeconds).toBeLessThanOrEqual(uptimeSeconds);
			expect(report().uptimeSeconds).toBeGreaterThan(uptimeSeconds - 60);
		});

		it('has the engine of docker version and docker info', async () => {
			const version = await actual(`docker version --format '{{json .Server}}'`).then(JSON.parse);
			const info = await actual(`docker info --format '{{json .}}'`).then(JSON.parse);
			expect(report().engine).toMatchObject({
				version: version.Version,
				apiVersion: version.ApiVersion,
				driver: info.Driver,
				rootDir: info.DockerRootDir,
			});
		});

		it('has the containers of docker ps', async () => {
			const count = async (options: string): Promise<number> =>
				countLines(await actual(`docker ps --quiet ${options}`));
			expect(report().containers).toMatchObject({
				running: await count(''),
				total: await count('--all'),
				unhealthy: await count('--filter health=unhealthy'),
			});
		});

		it('has the images of docker images, with the bytes the engine gives each of them', async () => {
			const ids = (await actual('docker images --quiet --no-trunc | sort -u')).split('\n');
			const sizes = await actual(`docker image inspect --format '{{.Size}}' ${ids.join(' ')}`);
			const bytes = sizes.split('\n').reduce((total, size) => total + Number(size), 0);
			expect(report().images).toEqual({count: ids.length, bytes});
		});

		it.each(['/', '/var/lib/docker'])(
			'has the file system on %s as df and /proc/mounts have it',
			async (mountPoint) => {
				const filesystem = report().filesystems?.find((candidate) => candidate.mountPoint === mountPoint);
				const blocks = (await actual(`df -Pk ${mountPoint} | tail -n 1`)).split(/\s+/);
				const inodes = (await actual(`df -Pi ${mountPoint} | tail -n 1`)).split(/\s+/);
				const mount = (await actual(`grep ' ${mountPoint} ' /proc/mounts`)).split(' ');
				expect(filesystem).toMatchObject({
					device: blocks[0],
					type: mount[2],
					readOnly: false,
					sizeBytes: Number(blocks[1]) * 1024,
					inodesTotal: Number(inodes[1]),
				});
				// The machine's other programs write meanwhile; a wrong unit or column is off by far more than this.
				expectNear(filesystem?.usedBytes, Number(blocks[2]) * 1024);
				expectNear(filesystem?.availableBytes, Number(blocks[3]) * 1024);
				expectNear(filesystem?.inodesUsed, Number(inodes[2]));
			},
		);
	});
});

function countLines(text: string): number {
	return text === '' ? 0 : text.split('\n').length;
}

function expectNear(actual: number | null | undefined, expected: number): void {
	expect(actual).toBeGreaterThan(expected * 0.95);
	expect(actual).toBeLessThan(expected * 1.05);
}
