/** The far side of the programs that look into the engine's directories (`model/probe-protocol.ts`). */
import type {DemoHost} from './demo-host.ts';

const root = '/var/lib/docker';

/** What the program prints; null when the account may not look. */
export function diskText(host: DemoHost, policy: string, question: string, paths: readonly string[]): string | null {
	if (policy === 'never' || host.plan.kernelLogMethod === null) return null;
	switch (question) {
		case 'log-files':
			return lines(host.ward.list().map((container) => `${host.disk.logBytesOf(container)} ${logPath(container.id)}`));
		case 'root-directories':
			return rootText(host);
		case 'layer-directories':
			return null;
		default:
			return lines(paths.map((path) => `${Math.ceil(volumeBytesAt(host, path) / 1024)}\t${path}`));
	}
}

function rootText({disk, ward, plan}: DemoHost): string {
	const containers = ward.list();
	const sum = (of: (container: (typeof containers)[number]) => number): number =>
		containers.reduce((total, container) => total + of(container), 0);
	const cache = [...disk.buildCache.values()].reduce((total, {bytes}) => total + bytes, 0);
	const driver = plan.storage.driver === 'overlayfs' ? 'containerd' : plan.storage.driver;
	const directories: readonly (readonly [string, number])[] = [
		['buildkit', 6e6],
		['containers', sum(disk.logBytesOf) + containers.length * 30_000],
		['image', 12e6],
		['network', 70_000],
		[driver, disk.images.layersBytes() + cache + sum(disk.writableBytesOf)],
		['tmp', 4096],
		['volumes', [...disk.volumes.values()].reduce((total, {bytes}) => total + bytes, 0)],
	];
	const total = directories.reduce((all, [, bytes]) => all + bytes, 0);
	return lines([
		...directories.map(([name]) => `dir ${root}/${name}`),
		'du',
		...directories.map(([name, bytes]) => `${Math.ceil(bytes / 1024)}\t${root}/${name}`),
		`${Math.ceil(total / 1024)}\t${root}`,
	]);
}

function volumeBytesAt({disk}: DemoHost, path: string): number {
	const name = /\/volumes\/([^/]+)\/_data$/.exec(path)?.[1];
	return disk.volumes.get(name ?? '')?.bytes ?? 4096;
}

function logPath(id: string): string {
	return `${root}/containers/${id}/${id}-json.log`;
}

function lines(texts: readonly string[]): string {
	return texts.map((text) => `${text}\n`).join('');
}
