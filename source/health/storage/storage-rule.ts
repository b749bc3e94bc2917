/** The shape of a rule about storage: when it speaks, and what it then says. Rules are data; tests hold each row. */
import type {FindingCategory, Severity} from '../../model/finding.ts';
import type {StorageFacts} from './storage-facts.ts';

/** Lines that show why the rule speaks, as the host gave them; may be empty. */
export type StorageEvidence = readonly string[];

export type StorageRule = {
	/** Id of the finding. Rows with the same id are degrees of one trouble, worst first: the first that applies speaks. */
	readonly id: string;
	/** Graph drivers by name; `containerd/NAME` for a snapshotter, `containerd/*` for all of them, `*` for whatever there is. */
	readonly drivers: readonly string[];
	readonly severity: Extract<Severity, 'critical' | 'warning' | 'notice'>;
	/** The condition in words, for the table of rules. */
	readonly when: string;
	/** Evidence when it applies, else null. A fact that is not known never makes a rule speak. */
	readonly applies: (facts: StorageFacts) => StorageEvidence | null;
	readonly summary: string | ((facts: StorageFacts) => string);
	readonly meaning: string;
	readonly advice: string | ((facts: StorageFacts) => string);
	/** Where the knowledge comes from. */
	readonly source: string;
	/** Absent: `storage-driver`. */
	readonly category?: FindingCategory;
	/** Device, pool or directory the finding is about. Absent: the driver. */
	readonly subject?: (facts: StorageFacts) => string;
};

/** Evidence without lines when the condition holds; for rules that rest on versions, which every finding shows. */
export function speaksIf(condition: boolean): StorageEvidence | null {
	return condition ? [] : null;
}

/** The name a rule's `drivers` are compared with. */
export function ruleCovers({drivers}: StorageRule, {driver, store}: StorageFacts): boolean {
	return drivers.some((name) => {
		if (name === '*') return true;
		if (store === 'containerd') return name === 'containerd/*' || name === `containerd/${driver}`;
		return name === driver;
	});
}
