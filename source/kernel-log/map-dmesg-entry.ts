/** Maps an object of `dmesg --json` (util-linux since 2.38). */
import {createLineDraft, takePriority, type LineDraft} from './line-draft.ts';
import {identifyUserText} from './identify-user-text.ts';
import {facilityOf, levelOf} from './priority-names.ts';

/** Null for an object that is none: `pri` is facility * 8 + level, `time` seconds since boot, `caller` since 2.40; with `-x` `fac` and `pri` are names. */
export function mapDmesgEntry(fields: Readonly<Record<string, unknown>>, now: number): LineDraft | null {
	const {pri, fac, time, msg, caller} = fields;
	const priority = typeof pri === 'string' ? parseNames(fac, pri) : pri;
	if (typeof msg !== 'string' || typeof priority !== 'number') return null;
	const draft = createLineDraft(msg, now);
	draft.format = 'dmesg-json';
	takePriority(draft, priority);
	if (typeof time === 'number' && Number.isFinite(time)) draft.monotonicSeconds = time;
	if (typeof caller === 'string' && /^[TC]\d{1,10}$/.test(caller)) draft.caller = caller;
	identifyUserText(draft);
	return draft;
}

function parseNames(facilityName: unknown, levelName: string): number | null {
	const facility = typeof facilityName === 'string' ? facilityOf(facilityName) : null;
	const level = levelOf(levelName);
	return facility === null || level === null ? null : facility * 8 + level;
}
