/** How a host's kernel log is read, in words that can follow "read". */
import type {KernelLogMethod} from '../model/readings.ts';

const ways: Readonly<Record<KernelLogMethod, string>> = {
	kmsg: 'from /dev/kmsg',
	'sudo-kmsg': 'with sudo -n from /dev/kmsg',
	dmesg: 'with dmesg',
	'sudo-dmesg': 'with sudo -n dmesg',
	journalctl: 'with journalctl',
	'sudo-journalctl': 'with sudo -n journalctl',
	files: 'from /var/log',
};

export function selectKernelLogWay(method: KernelLogMethod): string {
	return ways[method];
}
