/** Recognises the lines that programs print between records: headings, ends, reboots, parts of a dump. */

export type LogMarker =
	/** `bootId` null where the marker does not name the boot. */
	| {readonly kind: 'boot'; readonly bootId: string | null}
	| {readonly kind: 'dump-part'; readonly part: DumpPart}
	| {readonly kind: 'lost'; readonly count: number}
	| {readonly kind: 'none'};

/** `Panic#1 Part2`: what pstore writes over each part of a dump; part 1 holds the newest text. */
export type DumpPart = {readonly reason: string; readonly counter: number; readonly part: number};

const boot = /^-- (?:Boot ([0-9a-f]{32})|Reboot) --$/;
const dump = /^(Panic|Oops|Emergency|Restart|Halt|Poweroff|Shutdown|Unknown|MCE|KMSG)#(\d{1,6}) Part(\d{1,6})\s{0,4}$/;
const lost = /^\s{0,20}\*\* (\d{1,12}) printk messages dropped \*\*\s{0,20}$/;
const others =
	/^(?:-- (?:Logs|Journal) begin|-- No entries --|-- cursor: |Hint: You are currently not seeing|\s{6,14}Users in groups|\s{6,14}Pass -q to turn off)/;

/** Null for a line of the log itself. */
export function parseLogMarker(line: string): LogMarker | null {
	const match = boot.exec(line);
	if (match) return {kind: 'boot', bootId: match[1] ?? null};
	const part = parseDumpPart(line);
	if (part) return {kind: 'dump-part', part};
	const gap = lost.exec(line);
	if (gap) return {kind: 'lost', count: Number(gap[1])};
	return others.test(line) ? {kind: 'none'} : null;
}

export function parseDumpPart(line: string): DumpPart | null {
	const match = dump.exec(line);
	return match ? {reason: match[1] ?? '', counter: Number(match[2]), part: Number(match[3])} : null;
}
