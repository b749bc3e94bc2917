/**
 * Answers for `ssh -G` from what it said before, in this run or an earlier one, as long as nothing changed that it goes
 * by; asks it otherwise. `ssh -G` costs 4 ms of processor for a host, most of that the start of the program.
 */
import type {Clock} from '../../support/clock.ts';
import {shareInFlight} from '../../support/share-in-flight.ts';
import {parseSshDump, type SshSettings} from '../resolve/parse-ssh-dump.ts';
import type {ReadDump} from '../resolve/read-ssh-dumps.ts';
import {createCacheFile, type Answer, type CacheFile, type Section} from './cache-file.ts';
import {createSurvey, type SurveyOptions} from './survey-configuration.ts';

export type RememberOptions = SurveyOptions & {
	readonly ask: ReadDump;
	/** Where the cache file is. */
	readonly directory: string;
	readonly clock: Clock;
};

/** What nobody thought of (a library of ssh's was updated) counts after a week. */
const ageLimitMs = 7 * 24 * 3_600_000;
const answerLimit = 2000;
/** Configurations side by side: those of `-F`, and the last states of one that is being edited. */
const sectionLimit = 4;
/** Their values may hold a secret, or ask for something new every time. */
const unkept = ['proxycommand', 'knownhostscommand'];

export type RememberedSettings = {
	/** Answers and rejects as `ask` does. */
	readonly read: ReadDump;
	/** Resolves when what has been learned so far is in the file, or will not be. */
	kept(): Promise<void>;
};

export function rememberSettings({ask, directory, clock, ...surveyed}: RememberOptions): RememberedSettings {
	const file = createCacheFile(directory);
	const survey = createSurvey(surveyed);
	let known: Section | null = null;
	let fresh = new Map<string, Answer>();
	let open = 0;
	let keeping = Promise.resolve();

	/** Null where answers are not to be kept. */
	const recall = shareInFlight(async (): Promise<Section | null> => {
		const fingerprint = await survey();
		if (fingerprint === null) return null;
		if (known?.fingerprint !== fingerprint) {
			fresh = new Map();
			known = (await file.read()).find((section) => section.fingerprint === fingerprint) ?? {
				fingerprint,
				answers: new Map(),
			};
		}
		return known;
	});
	/** What was asked counts for the state before it only if that is still the state after it. */
	const keep = async (): Promise<void> => {
		const asked = fresh;
		if (open > 0 || asked.size === 0 || known === null) return;
		const {fingerprint, answers} = known;
		fresh = new Map();
		const fingerprintNow = await survey();
		if (fingerprintNow !== fingerprint || known.fingerprint !== fingerprint) return;
		known = {fingerprint, answers: new Map([...answers, ...asked])};
		await saveSection(file, known);
	};

	const read: ReadDump = async (target) => {
		const section = await recall('');
		if (section === null) return ask(target);
		const key = JSON.stringify([target.destination, target.user ?? null, target.port ?? null]);
		const answer = section.answers.get(key);
		if (answer !== undefined && isYoung(answer, clock.now())) return parseSshDump(answer.lines.join('\n'));
		open++;
		try {
			const settings = await ask(target);
			if (settings !== null && isKept(settings) && known?.fingerprint === section.fingerprint) {
				fresh.set(key, {at: clock.now(), lines: linesOf(settings)});
			}
			return settings;
		} finally {
			open--;
			keeping = keeping.then(keep);
		}
	};
	return {read, kept: () => keeping};
}

/** Joins what another Sickbay has written meanwhile. */
async function saveSection(file: CacheFile, {fingerprint, answers}: Section): Promise<void> {
	const saved = await file.read();
	const before = saved.find((section) => section.fingerprint === fingerprint)?.answers ?? new Map<string, Answer>();
	const newestFirst = [...new Map([...before, ...answers])].toSorted(([, one], [, other]) => other.at - one.at);
	const joined = {fingerprint, answers: new Map(newestFirst.slice(0, answerLimit))};
	const others = saved.filter((section) => section.fingerprint !== fingerprint);
	await file.write([joined, ...others].slice(0, sectionLimit));
}

/** A clock that was set back must not make an answer last for ever. */
function isYoung({at}: Answer, now: number): boolean {
	return at <= now && now - at < ageLimitMs;
}

function isKept(settings: SshSettings): boolean {
	return unkept.every((keyword) => {
		const value = settings.get(keyword)?.[0]?.toLowerCase() ?? 'none';
		return value === 'none' || value === '';
	});
}

function linesOf(settings: SshSettings): readonly string[] {
	return [...settings].flatMap(([keyword, values]) => values.map((value) => `${keyword} ${value}`));
}
