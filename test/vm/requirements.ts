/** What the virtual-machine lab needs from a machine, and what of it is missing here. */
import {explainMissingPrograms} from '../lab/requirements.ts';

/** Programs and the Debian packages that bring them, as `.ci/install-lab-packages` installs them. */
const programs: Readonly<Record<string, string>> = {
	debootstrap: 'debootstrap',
	mke2fs: 'e2fsprogs',
	pgrep: 'procps',
	'qemu-system-x86_64': 'qemu-system-x86',
	setpriv: 'util-linux',
	ssh: 'openssh-client',
	'ssh-keygen': 'openssh-client',
	tmux: 'tmux',
	unshare: 'util-linux',
};

/** One clear line, or null when the guests can run. */
export function explainWhatIsMissing(): string | null {
	if (process.platform !== 'linux') return `The virtual-machine lab needs Linux; this is ${process.platform}.`;
	if (process.arch !== 'x64') return `The virtual-machine lab needs an x86-64 machine; this is ${process.arch}.`;
	if (process.getuid?.() !== 0)
		return 'The virtual-machine lab needs root: it unpacks a Debian system to build its disk.';
	return explainMissingPrograms(programs);
}
