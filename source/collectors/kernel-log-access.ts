/** Which ways to the kernel log are tried, and what to say when the host allows none. */
import type {SudoPolicy} from '../model/host.ts';
import type {ReadingFailure} from '../model/reading.ts';
import type {KernelLogAccess, KernelLogMethod} from '../model/readings.ts';

const methodWords: Readonly<Record<KernelLogMethod, string>> = {
	kmsg: '/dev/kmsg',
	'sudo-kmsg': 'sudo -n cat /dev/kmsg',
	journalctl: 'journalctl -k',
	dmesg: 'dmesg',
	'sudo-dmesg': 'sudo -n dmesg',
	'sudo-journalctl': 'sudo -n journalctl -k',
	files: '/var/log/kern.log, /var/log/messages',
};

const allMethods = Object.keys(methodWords) as KernelLogMethod[];

/** In the order to try; root has nothing to gain from sudo. */
export function selectKernelLogMethods(sudo: SudoPolicy, userId: number | null): readonly KernelLogMethod[] {
	return sudo === 'never' || userId === 0 ? allMethods.filter((method) => !method.startsWith('sudo-')) : allMethods;
}

export function isKernelLogMethod(word: string): word is KernelLogMethod {
	return (allMethods as readonly string[]).includes(word);
}

/** `dmesg` ends by itself and has to be asked again; the others print lines as the kernel writes them. */
export function describeAccess(method: KernelLogMethod): KernelLogAccess {
	return {method, live: method === 'kmsg' || method === 'sudo-kmsg' || method === 'journalctl'};
}

export function describeRefusal(tried: readonly KernelLogMethod[]): ReadingFailure {
	const list = tried.map((method) => methodWords[method]).join(', ');
	const grants = [
		'`sudo sysctl kernel.dmesg_restrict=0` on the host grants it to all',
		'`sudo usermod -aG systemd-journal ACCOUNT` to this account where there is a journal',
		'the sudoers line `ACCOUNT ALL=(root) NOPASSWD: /usr/bin/dmesg` through sudo',
	];
	return {code: 'not-permitted', message: `kernel log not permitted, tried ${list}; ${grants.join(', ')}`};
}
