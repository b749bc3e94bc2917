/** Recognises an image registry on a disk that is filling: registries grow with every push and never shrink by themselves. */
import type {Finding} from '../model/finding.ts';
import {isRegistryImage} from '../model/is-registry-image.ts';
import type {Container, Filesystem} from '../model/readings.ts';
import {formatBytes, formatRatio} from '../support/format.ts';
import {usedRatio} from './filesystem-usage.ts';
import {freshValue} from './fresh-value.ts';
import type {HealthInput} from './health-input.ts';

const fillingRatio = 0.75;

/** Without history the rate of growth is not known; the finding says so. */
export function assessRegistry(input: HealthInput): readonly Finding[] {
	const registries = (freshValue('containers', input) ?? []).filter(
		(container) => container.state === 'running' && isRegistryImage(container.image),
	);
	const disk = engineDisk(freshValue('filesystems', input) ?? []);
	const ratio = disk === null ? null : usedRatio(disk);
	if (registries.length === 0 || disk === null || ratio === null || ratio < fillingRatio) return [];
	return registries.map((registry) => registryFinding(registry, disk, ratio));
}

function engineDisk(filesystems: readonly Filesystem[]): Filesystem | null {
	const withRole = (role: 'engine-root' | 'root'): Filesystem | undefined =>
		filesystems.find(({roles}) => roles.includes(role));
	return withRole('engine-root') ?? withRole('root') ?? null;
}

function registryFinding({name, image}: Container, disk: Filesystem, ratio: number): Finding {
	return {
		id: 'registry-growing',
		severity: 'warning',
		category: 'registry',
		subject: name,
		summary: `registry (container ${name}) on a disk ${formatRatio(ratio)} full`,
		evidence: [
			`${name} runs ${image}`,
			`${disk.mountPoint}: ${formatBytes(disk.availableBytes)} of ${formatBytes(disk.sizeBytes)} left`,
		],
		since: null,
		count: 1,
		meaning:
			'A registry keeps every layer ever pushed and frees none until garbage is collected. How fast it grows is not known yet, nor whether its storage lies on this very disk.',
		advice: `See where it stores (\`docker inspect --format '{{json .Mounts}}' CONTAINER\`) and how much (\`du -sh PATH\`). To free space: delete old tags, set the registry read-only, run \`registry garbage-collect /etc/docker/registry/config.yml\` in it.`,
	};
}
