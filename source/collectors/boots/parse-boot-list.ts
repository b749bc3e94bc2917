/** Reads `journalctl --list-boots`: JSON of systemd 251 and later, the table of older ones. */

export type ListedBoot = {
	/** 32 hexadecimal digits. */
	readonly bootId: string;
	/** 0 is the running boot, -1 the one before. */
	readonly index: number;
	/** Milliseconds since the epoch. */
	readonly firstAt: number | null;
	readonly lastAt: number | null;
};

/** The text may begin in the middle of an entry; times of a table are UTC. Oldest first. */
export function parseBootList(text: string): readonly ListedBoot[] {
	const json = [...text.matchAll(/\{"index":(-?\d{1,5}),"boot_id":"([0-9a-f]{32})"([^}]{0,200})\}/g)];
	const boots =
		json.length > 0
			? json.map(([, index, bootId = '', rest = '']) => ({
					bootId,
					index: Number(index),
					firstAt: microseconds(rest, 'first_entry'),
					lastAt: microseconds(rest, 'last_entry'),
				}))
			: text.split('\n').flatMap(parseRow);
	return boots.filter(({index}) => index <= 0).sort((a, b) => a.index - b.index);
}

function microseconds(rest: string, name: string): number | null {
	const digits = new RegExp(`"${name}":(\\d{1,17})`).exec(rest)?.[1];
	return digits === undefined ? null : Math.round(Number(digits) / 1000);
}

/** ` -1 2222… Fri 2026-11-20 18:25:09 UTC—Fri 2026-11-20 18:25:10 UTC`, with a dash or, later, spaces between the times. */
function parseRow(line: string): readonly ListedBoot[] {
	const head = /^\s*(-?\d{1,5}) ([0-9a-f]{32}) /.exec(line);
	if (!head) return [];
	const times = [...line.matchAll(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/g)].map(([, day, time]) =>
		Date.parse(`${day}T${time}Z`),
	);
	const timeAt = (index: number): number | null => {
		const time = times[index];
		return time === undefined || Number.isNaN(time) ? null : time;
	};
	return [{bootId: head[2] ?? '', index: Number(head[1]), firstAt: timeAt(0), lastAt: timeAt(1)}];
}
