/** Writes one entry of the audit as a line that later programs can read, bounded and without what must stay secret. */
import type {AuditEntry} from '../../model/audit-entry.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

/** User and password in an address, as engines repeat them in their errors. */
const credentials = /(\/\/)[^\s/@]{1,500}@/g;

/** Keys in the order of `AuditEntry`, the time as ISO 8601, one newline at the end. */
export function formatAuditLine(entry: AuditEntry): string {
	const {at, by, host, bootId, action, plan, event, subject, outcome, detail, bytes} = entry;
	const line = {
		at: new Date(at).toISOString(),
		by: clean(by),
		host: clean(host),
		bootId: clean(bootId),
		action,
		plan: clean(plan),
		event,
		subject: clean(subject),
		outcome: clean(outcome),
		detail: clean(detail),
		bytes,
	};
	return `${JSON.stringify(line)}\n`;
}

function clean(text: string | null): string | null {
	return text === null ? null : sanitiseLine(text.replace(credentials, '$1…@'), 500);
}
