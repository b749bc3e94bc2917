/**
 * Finds the container behind a control group: Docker, containerd, CRI-O, Podman, with cgroupfs or systemd. Paths as
 * their drivers and the kubelet make them.
 */

const shortIdLength = 12;

const containerPatterns: readonly RegExp[] = [
	/(?:docker|cri-containerd|containerd|crio|libpod|nerdctl|podman)-([0-9a-f]{6,64})(?:\.scope)?(?:\/|$)/,
	/\/(?:docker|libpod|libpod_parent|actions_job|garden|containerd|nerdctl|podman|buildkit)\/(?:[\w.-]+\/)?([0-9a-f]{6,64})(?:\/|$)/,
	/\/([0-9a-f]{64})(?:\/|$)/,
];

/** First 12 characters of the container's id; null when the path is not that of a container. */
export function parseContainerId(path: string): string | null {
	for (const pattern of containerPatterns) {
		const id = pattern.exec(path)?.[1];
		if (id !== undefined) return shortContainerId(id);
	}
	return null;
}

/** As `docker ps` shows it. */
export function shortContainerId(id: string): string {
	return /^[0-9a-f]+$/.test(id) ? id.slice(0, shortIdLength) : id;
}
