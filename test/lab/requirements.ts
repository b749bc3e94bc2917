/** What the lab needs from a machine, and what of it is missing here. */
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Programs and the Debian packages that bring them, as `.ci/install-lab-packages` installs them. */
const programs: Readonly<Record<string, string>> = {
	busybox: 'busybox-static',
	containerd: 'containerd',
	curl: 'curl',
	docker: 'docker.io',
	dockerd: 'docker.io',
	debugfs: 'e2fsprogs',
	dropbear: 'dropbear-bin',
	hostname: 'hostname',
	ip: 'iproute2',
	iptables: 'iptables',
	'kadmin.local': 'krb5-admin-server',
	kinit: 'krb5-user',
	krb5kdc: 'krb5-kdc',
	losetup: 'mount',
	'mkfs.ext4': 'e2fsprogs',
	nsenter: 'util-linux',
	'pkcs11-tool': 'opensc',
	ps: 'procps',
	script: 'bsdutils',
	'softhsm2-util': 'softhsm2',
	ssh: 'openssh-client',
	'ssh-agent': 'openssh-client',
	'ssh-keygen': 'openssh-client',
	sshd: 'openssh-server',
	sudo: 'sudo',
	tmux: 'tmux',
	unshare: 'util-linux',
	useradd: 'passwd',
};

/** One clear line, or null when the lab can run. */
export function explainWhatIsMissing(): string | null {
	if (process.platform !== 'linux') return `The lab needs Linux; this is ${process.platform}.`;
	if (process.getuid?.() !== 0) return 'The lab needs root: it creates network namespaces and mounts.';
	const missing = Object.entries(programs).filter(([program]) => !isInstalled(program));
	if (missing.length === 0) return null;
	const packages = [...new Set(missing.map(([, name]) => name))].sort().join(', ');
	const names = missing.map(([program]) => program).join(', ');
	return `The lab needs ${names}: install the packages ${packages} (or run .ci/install-lab-packages).`;
}

function isInstalled(program: string): boolean {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
	return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
