/** Scrolling and searching the kernel log, held at a record rather than at a line number: new lines do not move it. */
import type {KernelRecord} from '../model/kernel-log.ts';
import {hostContentRows} from '../view-state/screen-layout.ts';
import type {CommandContext} from './command.ts';

/** Scrolls by lines, down when positive; at the newest record the log follows again. */
export function scrollKernelLog(context: CommandContext, byLines: number): void {
	const records = kernelRecordsOf(context);
	const rows = hostContentRows(context.view.size) - 1;
	const last = records.length - 1;
	const bottom = bottomIndex(records, context.view.kernel.anchor);
	const next = Math.max(Math.min(last, rows - 1), Math.min(last, bottom + byLines));
	context.dispatch({kind: 'kernel-log-held', anchor: next >= last ? null : (records[next] ?? null)});
}

/** Shows the next record that contains the search, older ones for direction -1; starts over at the other end. */
export function findInKernelLog(context: CommandContext, direction: 1 | -1, startAtNewest: boolean): void {
	const {search, anchor} = context.view.kernel;
	const records = kernelRecordsOf(context);
	const wanted = search.toLowerCase();
	const hits = records.flatMap((record, index) => (record.text.toLowerCase().includes(wanted) ? [index] : []));
	if (hits.length === 0) {
		context.dispatch({kind: 'noticed', text: `no line contains "${search}"`, at: context.now});
		return;
	}
	const from = startAtNewest ? records.length : bottomIndex(records, anchor);
	const next =
		direction === -1
			? (hits.findLast((index) => index < from) ?? hits.at(-1))
			: (hits.find((index) => index > from) ?? hits[0]);
	const anchorRecord = next === undefined ? undefined : records[next];
	context.dispatch({kind: 'kernel-log-held', anchor: anchorRecord ?? null});
}

export function bottomIndex(records: readonly KernelRecord[], anchor: KernelRecord | null): number {
	if (anchor === null) return records.length - 1;
	return Math.max(0, records.lastIndexOf(anchor));
}

function kernelRecordsOf({view, fleet}: CommandContext): readonly KernelRecord[] {
	return view.route.kind === 'host' ? (fleet.hosts.get(view.route.hostKey)?.kernelRecords ?? []) : [];
}
