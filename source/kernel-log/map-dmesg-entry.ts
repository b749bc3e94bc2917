/** Maps an object of `dmesg --json` (util-linux since 2.38). */
import {createLineDraft, takePriority, type LineDraft} from './line-draft.ts';
import {identifyUserText} from './identify-user-text.ts';

/** Null for an object that is none: `pri` is facility * 8 + level, `time` seconds since boot, `caller` since 2.40. */
export function mapDmesgEntry(fields: Readonly<Record<string, unknown>>, now: number): LineDraft | null {
	const {pri, time, msg, caller} = fields;
	if (typeof msg !== 'string' || typeof pri !== 'number') return null;
	const draft = createLineDraft(msg, now);
	draft.format = 'dmesg-json';
	takePriority(draft, pri);
	if (typeof time === 'number' && Number.isFinite(time)) draft.monotonicSeconds = time;
	if (typeof caller === 'string' && /^[TC]\d{1,10}$/.test(caller)) draft.caller = caller;
	if (draft.facility !== 0) identifyUserText(draft);
	return draft;
}
