/** Boots and counters of a host that has nothing to tell, for tests to change. */
import type {BootEvidence, BootHistory} from '../../source/model/boots.ts';
import type {KernelCounters} from '../../source/model/kernel-counters.ts';

export function sampleCounters(change: Partial<KernelCounters> = {}): KernelCounters {
	return {
		taint: 0,
		oopsCount: 0,
		warnCount: 0,
		oomKills: 0,
		oomKillsRoseAt: null,
		ext4Errors: [],
		memoryErrors: [],
		degradedArrays: [],
		blockedTasks: [],
		conntrack: null,
		...change,
	};
}

export function sampleEvidence(change: Partial<BootEvidence> = {}): BootEvidence {
	return {
		bootId: '0b9d1d3e2a5f4d0c9d5b5f1f6f0f4a11',
		bootedAt: null,
		journalBoots: [],
		dumps: [],
		wtmpBoots: [],
		sources: [],
		firmwareLines: [],
		panicTimeoutSeconds: 10,
		...change,
	};
}

export function sampleHistory(change: Partial<BootHistory> = {}): BootHistory {
	return {boots: [], sources: [], rememberedSince: null, advice: null, ...change};
}
