/** Says what a person can do about a reading that failed: the one line that grants it, where there is one. */
import type {ReadingFailure} from '../model/reading.ts';
import type {ReadingName} from '../model/readings.ts';

/** One sentence or two, with the command to run on the host. `ACCOUNT` stands for the account Sickbay logs in with. */
export function adviseOnFailure(name: ReadingName, {code}: ReadingFailure): string {
	if (name === 'kernelLog' && code === 'not-permitted') {
		return 'Where there is a journal: `sudo usermod -aG systemd-journal ACCOUNT`. Elsewhere, with `sudo visudo -f /etc/sudoers.d/sickbay`, the line `ACCOUNT ALL=(root) NOPASSWD: /usr/bin/dmesg`.';
	}
	switch (code) {
		case 'not-permitted':
			return engineNames.has(name)
				? 'Let the account speak to the engine: `sudo usermod -aG docker ACCOUNT` (that group is as powerful as root).'
				: 'Let the account read it, or allow `sudo -n` for it.';
		case 'timeout':
			return slowAdvice[name] ?? 'The host is slow to answer: look at its load with `uptime` and `vmstat 1`.';
		case 'not-found':
			return 'What is read there does not exist on this host; nothing is to be done unless it should.';
		case 'unsupported':
			return 'This kind of host does not offer it; judge that part by other means.';
		case 'malformed':
			return 'The answer could not be understood: run `sickbay doctor HOST`, and report it as a bug of Sickbay with what it prints.';
		case 'refused':
			return 'The host refused the request: run `sickbay doctor HOST` to see at which rung.';
		case 'lost':
			return 'It is read again when the connection is back.';
	}
}

const engineNames: ReadonlySet<ReadingName> = new Set(['engine', 'containers', 'images']);

const slowAdvice: Partial<Record<ReadingName, string>> = {
	filesystems:
		'A mounted file system does not answer, often a dead NFS server: `timeout 5 df -Pk /` and `mount | grep nfs` on the host.',
	engine: 'The engine is slow: `time docker info` on the host, and look for stuck tasks with `dmesg | grep blocked`.',
	containers: 'The engine is slow: `time docker ps` on the host, and look for stuck tasks with `dmesg | grep blocked`.',
	images:
		'The engine takes long to list its images, which many images or a slow disk explain: `time docker images -q | wc -l`.',
};
