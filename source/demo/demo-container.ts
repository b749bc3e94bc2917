/** One simulated container: its facts, and the words the engine describes its state in. */
import {createRandom} from './random.ts';

export type DemoContainer = {
	readonly id: string;
	readonly name: string;
	readonly image: string;
	readonly imageId: string;
	readonly command: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly port: number | null;
	readonly createdAt: number;
	readonly state: 'running' | 'exited' | 'restarting';
	/** What its health check says while it runs; null without a check. */
	readonly health: 'healthy' | 'unhealthy' | null;
	/** When the present state began. */
	readonly changedAt: number;
	readonly exitCode: number;
	readonly restartCount: number;
	/** Dies and comes back by itself every few seconds. */
	readonly loops: boolean;
};

/** `sha256:…` of an image, the same wherever the image is named. */
export function imageIdOf(image: string): string {
	return `sha256:${createRandom(`image ${image}`).hex(64)}`;
}

/** The engine's words for a state, e.g. `Up 2 hours (healthy)`; as `State.String` in moby's `container/state.go`. */
export function formatContainerStatus(container: DemoContainer, now: number): string {
	const span = formatSpan((now - container.changedAt) / 1000);
	if (container.state === 'exited') return `Exited (${container.exitCode}) ${span} ago`;
	if (container.state === 'restarting') return `Restarting (${container.exitCode}) ${span} ago`;
	return container.health === null ? `Up ${span}` : `Up ${span} (${container.health})`;
}

/** A duration in words, as `HumanDuration` of docker/go-units. */
function formatSpan(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.round(seconds / 3600);
	if (seconds < 1) return 'Less than a second';
	if (Math.floor(seconds) === 1) return '1 second';
	if (seconds < 60) return `${Math.floor(seconds)} seconds`;
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	if (hours === 1) return 'About an hour';
	if (hours < 48) return `${hours} hours`;
	if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
	if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
	if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
	return `${Math.floor(hours / 24 / 365)} years`;
}
