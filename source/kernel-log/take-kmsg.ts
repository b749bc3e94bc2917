/**
 * Takes the head off a record of `/dev/kmsg` (Documentation/ABI/testing/dev-kmsg), which extended netconsole sends too,
 * with the kernel's release before it if so configured.
 */
import {takePattern, takePriority, type LineDraft} from './line-draft.ts';

/** `6,339,5140900,-,caller=T123;message`: priority, sequence, microseconds since boot, flags. */
const head = /(?:\d{1,2}\.\d{1,3}[\w.+-]{0,60},)?(\d{1,6}),(\d{1,20}),(\d{1,20}),([^;]{0,200});/y;

export function takeKmsg(draft: LineDraft): boolean {
	const match = takePattern(draft, head);
	if (!match) return false;
	takePriority(draft, Number(match[1]));
	draft.format = 'kmsg';
	draft.sequence = Number(match[2]);
	draft.monotonicSeconds = Number(match[3]) / 1_000_000;
	draft.caller ??= /caller=([TC]\d{1,10})/.exec(match[4] ?? '')?.[1] ?? null;
	return true;
}
