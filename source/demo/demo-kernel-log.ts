/** The kernel log of one demo host: its ring of records and those who follow it. */
import type {Clock} from '../support/clock.ts';
import {appendBounded} from '../support/ring-buffer.ts';
import type {DemoHostPlan} from './host-plan.ts';
import {formatKmsgRecord, type KernelLine} from './kernel-line.ts';
import {bootLines, panicLines, pastLines} from './kernel-stories.ts';

export type DemoKernelLog = {
	append(lines: readonly KernelLine[]): void;
	/** Hands over all records kept, then each new one; returns a function that ends it. */
	follow(listener: (records: string) => void): () => void;
	close(): void;
};

const recordsKept = 600;
const panicDelayMs = 5000;

/** The boot's records are made when somebody first follows the log; that also sets a waiting panic off. */
export function createDemoKernelLog(plan: DemoHostPlan, bootedAt: number, clock: Clock): DemoKernelLog {
	let records: readonly string[] = [];
	let sequence = 0;
	let opened = false;
	let cancelPanic = (): void => {};
	const listeners = new Set<(records: string) => void>();

	const write = (lines: readonly KernelLine[], firstSeconds: number): void => {
		let seconds = firstSeconds;
		const written = lines.map((line) => {
			seconds += line.delaySeconds;
			return formatKmsgRecord(line, sequence++, seconds);
		});
		records = appendBounded(records, written, recordsKept);
		for (const listener of listeners) listener(written.join(''));
	};
	const append = (lines: readonly KernelLine[]): void => {
		// Nobody has looked yet: what happens before is past history, and the boot must come first.
		if (opened) write(lines, (clock.now() - bootedAt) / 1000);
	};
	const open = (): void => {
		if (opened) return;
		opened = true;
		write(bootLines(plan), 0);
		const past = pastLines[plan.kernelStory];
		const lasted = past.reduce((sum, line) => sum + line.delaySeconds, 0);
		write(past, Math.max(20, (clock.now() - bootedAt) / 1000 - lasted - 300));
		if (plan.kernelStory === 'panic-while-watching')
			cancelPanic = clock.schedule(panicDelayMs, () => append(panicLines));
	};

	return {
		append,
		follow(listener) {
			open();
			listener(records.join(''));
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => cancelPanic(),
	};
}
