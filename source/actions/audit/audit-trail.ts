/** Where actions write down what they do, before and after they do it: a step that cannot be written down is not done. */
import type {AuditEntry} from '../../model/audit-entry.ts';

export type AuditTrail = {
	/**
	 * Resolves when the line is written, with `durable` when it is on the disk. Rejects when it could not be written: then
	 * nothing may be changed any more.
	 */
	write(entry: AuditEntry, options?: {readonly durable?: boolean}): Promise<void>;
	close(): Promise<void>;
};
