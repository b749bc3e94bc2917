/** Writes what was measured as a Markdown table. */

export type FaultRow = {
	readonly fault: string;
	readonly provokedBy: string;
	readonly rung: string;
	readonly code: string;
	/** Sickbay's own. */
	readonly words: string;
	/** Null where it was not noticed, or no time applies. */
	readonly noticedMs: number | null;
	/** Null where a person has to act, or it was not timed. */
	readonly recoveredMs: number | null;
};

/** What Sickbay does not try again by itself. */
const needsPerson = /^(host-key|authentication|agent)/;

/** `measured` says when, and with which programs. */
export function formatFaultTable(rows: readonly FaultRow[], measured: string): string {
	const seconds = (milliseconds: number | null, none: string): string =>
		milliseconds === null ? none : `${(milliseconds / 1000).toFixed(1)} s`;
	const cells = rows.map((row) => [
		row.fault,
		row.provokedBy,
		row.rung,
		row.code,
		row.words,
		seconds(row.noticedMs, '–'),
		seconds(row.recoveredMs, needsPerson.test(row.code) ? 'a person' : '–'),
	]);
	const titles = ['Fault', 'Provoked by', 'Rung', 'Code', 'What Sickbay says', 'Noticed after', 'Well again after'];
	const table = [titles, titles.map(() => '---'), ...cells].map(
		(line) => `| ${line.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
	);
	return `# Faults

Ways in which a host can be out of reach, provoked for real, and what Sickbay makes of them. This page is written by
\`test/lab/write-fault-table.ts\` from the built program; "a scripted peer" or "a scripted engine" stands where a real one
cannot be brought to the fault. Most real ones are on loopback; those with a real dockerd or a cable are a host of their own
in namespaces.

${measured}

- **Rung**: the first that broke. Everything below it works.
- **Noticed after**: from the start of the attempt, or from the fault where the host was up before, to the words.
- **Well again after**: from the end of the fault until the words are gone, backoff included (full jitter, so runs
  differ). "a person" stands where Sickbay does not try again by itself: authentication and host keys. A dash where
  nothing is broken, the fault was not taken away, or its end was not noticed within 200 s: which programs an account has,
  the docker program among them, is read once per connection.
- **not read**: those rows were watched on the board, which shows words only; the words are the part of the row that
  the script waits for, not the whole of it.

${table.join('\n')}
`;
}
