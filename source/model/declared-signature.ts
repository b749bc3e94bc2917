/** A failure signature as a user wrote it into the configuration, checked. */
import type {IncidentSeverity, KernelCategory} from './kernel-incident.ts';

export type DeclaredSignature = {
	readonly id: string;
	readonly severity: IncidentSeverity;
	readonly category: KernelCategory;
	readonly title: string;
	/** Regular expressions, without slashes and flags; known to compile. */
	readonly pattern: string;
	readonly unless: string | null;
	/** Every line that the pattern matches contains one of these. */
	readonly literals: readonly string[];
	/** Programs whose lines count; empty for the kernel's. */
	readonly identifiers: readonly string[];
	readonly meaning: string;
	readonly advice: string;
};
