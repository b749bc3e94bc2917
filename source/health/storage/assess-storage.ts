/** Judges a host’s storage by the rules: of each trouble, the worst degree that applies. */
import type {Finding} from '../../model/finding.ts';
import {valueOf} from '../../model/reading.ts';
import type {HealthInput} from '../health-input.ts';
import {gatherStorageFacts, type FurtherStorageFacts, type StorageFacts} from './storage-facts.ts';
import {ruleCovers, type StorageEvidence, type StorageRule} from './storage-rule.ts';
import {storageRules} from './storage-rules.ts';

/** A driver is judged by what the engine said when it last answered: it does not change while the engine runs. */
export function assessStorage(input: HealthInput): readonly Finding[] {
	const facts = gatherStorageFacts(input, furtherFacts(input));
	return facts === null ? [] : matchStorageRules(facts).map(({rule, evidence}) => toFinding(rule, evidence, facts));
}

/** What the kernel says of the driver, and, where the disk's use was asked for, the layers nobody refers to. */
function furtherFacts({incidents, diskUsage}: HealthInput): FurtherStorageFacts {
	const layers = diskUsage === undefined ? null : (valueOf(diskUsage.rootDirectories)?.layerDirectories ?? null);
	return {
		incidents: incidents.flatMap(({key, via, title, severity, state}) =>
			via === null || state === 'over' ? [] : [{key, via, title, severity}],
		),
		...(layers === null ? {} : {layerDirectories: layers.present, layersKnown: layers.present - layers.unreferenced}),
	};
}

export type StorageMatch = {readonly rule: StorageRule; readonly evidence: StorageEvidence};

/** The rules that speak, at most one of each id. */
export function matchStorageRules(facts: StorageFacts): readonly StorageMatch[] {
	const spoken = new Set<string>();
	const matches: StorageMatch[] = [];
	for (const rule of storageRules) {
		if (spoken.has(rule.id) || !ruleCovers(rule, facts)) continue;
		const evidence = rule.applies(facts);
		if (evidence === null) continue;
		spoken.add(rule.id);
		matches.push({rule, evidence});
	}
	return matches;
}

function toFinding(rule: StorageRule, evidence: StorageEvidence, facts: StorageFacts): Finding {
	const {summary, advice, subject} = rule;
	return {
		id: rule.id,
		severity: rule.severity,
		category: rule.category ?? 'storage-driver',
		subject: subject === undefined ? facts.driver : subject(facts),
		summary: typeof summary === 'string' ? summary : summary(facts),
		evidence: [combinationLine(facts), ...evidence].slice(0, 10),
		since: null,
		count: 1,
		meaning: rule.meaning,
		advice: typeof advice === 'string' ? advice : advice(facts),
	};
}

/** `engine 20.10.24, driver overlay2, kernel 6.1.0-18-amd64`. */
function combinationLine({engine, driver, kernel}: StorageFacts): string {
	return `engine ${engine.text}, driver ${driver}${kernel === null ? '' : `, kernel ${kernel.text}`}`;
}
