/** Finds the line that proves that a boot was shut down, among the last ones of any program. */
import type {JournalBoot} from '../../model/boots.ts';
import type {KernelRecord} from '../../model/kernel-log.ts';

/**
 * systemd's words (src/core/manager.c, src/shutdown/shutdown.c, units/*.target) and the kernel's (kernel/reboot.c), each
 * with who says them; null: the kernel.
 */
const markers: readonly {readonly by: RegExp | null; readonly text: RegExp}[] = [
	{by: null, text: /^reboot: (?:Restarting system|Power down|System halted)/},
	{by: /^systemd-shutdow/, text: /./},
	{
		by: /^systemd$/,
		text: /^Reached target (?:\S+ - )?(?:System )?(?:Reboot|Power[ -]?Off|Halt|Shutdown|Late Shutdown|Unmount All|kexec)/i,
	},
	{by: /^systemd$/, text: /^Reached target (?:reboot|poweroff|halt|kexec|shutdown|final|umount)\.target/},
	{by: /^systemd$/, text: /^Shutting down\.$/},
	{by: /^systemd-journald?$/, text: /SIGTERM from PID 1 \(systemd/},
	{by: /^systemd-logind$/, text: /^System is (?:rebooting|powering down|halting)/},
];

/** Null when none of them is there. The journal of the initramfs stops and starts as well, at the beginning of a boot. */
export function findCleanEnd({lastLines}: Pick<JournalBoot, 'lastLines'>): KernelRecord | null {
	const started = lastLines.findLastIndex((record) => isJournal(record) && record.text === 'Journal started');
	const end = lastLines.slice(started + 1);
	return (
		end.findLast(isMarker) ?? end.findLast((record) => isJournal(record) && record.text === 'Journal stopped') ?? null
	);
}

function isJournal({identifier = ''}: KernelRecord): boolean {
	return /^systemd-journald?$/.test(identifier);
}

function isMarker({identifier = '', facility, text}: KernelRecord): boolean {
	return markers.some(({by, text: words}) => {
		const isAuthor = by === null ? identifier === 'kernel' && facility === 0 : by.test(identifier);
		return isAuthor && words.test(text);
	});
}
