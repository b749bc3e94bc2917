/** Reads what each way to the kernel log prints, and nothing else that may turn up in it. */
import type {KernelLogFormat} from '../kernel-log/kernel-log-format.ts';
import {createKernelLogReader, type KernelLogReaderOptions} from '../kernel-log/read-kernel-log.ts';
import type {KernelRecord} from '../model/kernel-log.ts';
import type {KernelLogMethod} from '../model/readings.ts';

export type MethodReader = {
	/** The kernel's records in these lines; of files, which reach back beyond it, only those of the newest boot. */
	read(lines: readonly string[]): readonly KernelRecord[];
};

/** A line in another form is not the log's: a login script prints before it, a message cannot look like it. */
const strictFormats: Partial<Record<KernelLogMethod, KernelLogFormat>> = {
	kmsg: 'kmsg',
	'sudo-kmsg': 'kmsg',
	journalctl: 'journal-json',
	'sudo-journalctl': 'journal-json',
};

export function createMethodReader(method: KernelLogMethod, options: KernelLogReaderOptions): MethodReader {
	// Files reach back beyond the boot whose start is known; their own dates do not.
	const reader = createKernelLogReader({
		...options,
		bootedAtMs: method === 'files' ? null : (options.bootedAtMs ?? null),
	});
	const strict = strictFormats[method];
	return {
		read(lines) {
			const entries = lines
				.flatMap((line) => reader.entries(line))
				.filter(({format, record}) => (strict === undefined || format === strict) && isKernelLog(method, record));
			const newest = method === 'files' ? entries.at(-1)?.boot : undefined;
			return entries.filter(({boot}) => newest === undefined || boot === newest).map(({record}) => record);
		},
	};
}

/** Syslog files and journals hold all programs; the buffer of the kernel holds also what programs wrote into it. */
function isKernelLog(method: KernelLogMethod, {identifier}: KernelRecord): boolean {
	const isShared = method === 'files' || method === 'journalctl' || method === 'sudo-journalctl';
	return !isShared || identifier === undefined || identifier === 'kernel' || identifier.startsWith('systemd');
}
