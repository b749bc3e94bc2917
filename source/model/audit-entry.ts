/** One line of the audit: who did what to which host, and what came of it. Secrets never get here. */

export type AuditEntry = {
	/** Milliseconds since the epoch; written as ISO 8601. */
	readonly at: number;
	/** Account and machine Sickbay runs on, `anna@laptop`. */
	readonly by: string;
	readonly host: string;
	/** Boot of the host at that time; null when unknown. */
	readonly bootId: string | null;
	/** `prune`, `reboot`, … */
	readonly action: string;
	/** Which plan, by its fingerprint: the lines of one run share it. */
	readonly plan: string;
	readonly event: 'planned' | 'confirmed' | 'started' | 'step-started' | 'step-ended' | 'ended' | 'cancelled';
	/** What the step is about: the object's kind and id, or the command's words. */
	readonly subject: string | null;
	readonly outcome: string | null;
	readonly detail: string | null;
	readonly bytes: number | null;
};
