/** Brings what journal and wtmp remember of the same boots together, by time, newest first. */
import type {BootEvidence, JournalBoot, WtmpBoot} from '../../model/boots.ts';

export type EarlierBoot = {
	readonly bootId: string | null;
	/** Milliseconds since the epoch; null when unknown. */
	readonly startedAt: number | null;
	/** When it was last heard of. */
	readonly endedAt: number | null;
	/** When the boot after it started. */
	readonly nextStartedAt: number | null;
	readonly journal: JournalBoot | null;
	readonly wtmp: WtmpBoot | null;
};

/** Journal and wtmp see a boot start within this time of each other, unless the clock was set in between. */
const sameBootMs = 180_000;
/** A hardware clock in local time shifts the records written before the clock was set by as much as this. */
const clockDoubtMs = 14 * 3_600_000;
const earlierLimit = 20;

/** Boots whose end nothing tells of are left out, but for the one just before the running one. */
export function lineUpBoots({journalBoots, wtmpBoots, bootedAt}: BootEvidence): readonly EarlierBoot[] {
	const journals = journalBoots.filter(({index}) => index < 0).toSorted((a, b) => b.index - a.index);
	// The newest record is the running boot's own.
	const records = wtmpBoots.filter(({ending}) => ending !== 'running');
	const taken = new Set<WtmpBoot>();
	const known = journals.map((journal) => {
		const wtmp = findSameBoot(
			journal,
			records.filter((boot) => !taken.has(boot)),
		);
		if (wtmp !== null) taken.add(wtmp);
		return fromJournal(journal, wtmp);
	});
	const oldestAt = Math.min(...journals.map(({firstAt}) => firstAt ?? Infinity));
	const margin = taken.size > 0 ? 0 : clockDoubtMs;
	const older = records.filter((boot) => !taken.has(boot) && boot.startedAt < oldestAt - margin).map(fromWtmp);
	const boots = [...known, ...older].filter(tellsOfEnd).slice(0, earlierLimit);
	return boots.map((boot, index) => ({
		...boot,
		nextStartedAt: index === 0 ? bootedAt : (boots[index - 1]?.startedAt ?? null),
	}));
}

function tellsOfEnd({journal, wtmp}: Unplaced): boolean {
	return wtmp !== null || journal?.index === -1 || (journal !== null && journal.lastLines.length > 0);
}

/** The nearest in time; a host that crashes again and again boots every minute or two. */
function findSameBoot({firstAt}: JournalBoot, records: readonly WtmpBoot[]): WtmpBoot | null {
	if (firstAt === null) return null;
	const distance = ({startedAt}: WtmpBoot): number => Math.abs(startedAt - firstAt);
	const [nearest] = records.toSorted((a, b) => distance(a) - distance(b));
	return nearest !== undefined && distance(nearest) <= sameBootMs ? nearest : null;
}

type Unplaced = Omit<EarlierBoot, 'nextStartedAt'>;

function fromJournal(journal: JournalBoot, wtmp: WtmpBoot | null): Unplaced {
	return {
		bootId: journal.bootId,
		startedAt: journal.firstAt ?? wtmp?.startedAt ?? null,
		endedAt: journal.lastAt ?? wtmp?.endedAt ?? null,
		journal,
		wtmp,
	};
}

function fromWtmp(wtmp: WtmpBoot): Unplaced {
	return {bootId: null, startedAt: wtmp.startedAt, endedAt: wtmp.endedAt, journal: null, wtmp};
}
