/** Decides which files continue each other, and in which order a log is read that was cut into several. */
import path from 'node:path';

/** Files of one log, oldest first; standard input is `-`. */
export type InputGroup = readonly string[];

/** `kern.log.2.gz` -> `kern.log` and 2; `messages-20261115` -> `messages` and its date, counted backwards. */
const numbered = /^(.+?)\.(\d{1,4})(?:\.gz)?$/;
const dated = /^(.+?)-(\d{8}(?:-\d{1,10})?)(?:\.gz)?$/;
/** One part of a crash dump per file: `dmesg-efi_pstore-170000000001001`. */
const dumpPart = /^dmesg-[a-z_]+-\d{1,20}$/;

type Rotation = {readonly stem: string; readonly age: number};

/**
 * Rotations of one file (logrotate) are one log, whatever order they are named in, and so are the parts of crash dumps
 * in one directory. Any other file is a log of its own. Groups keep the order of their first file.
 */
export function groupInputs(files: readonly string[]): readonly InputGroup[] {
	const groups = new Map<string, {file: string; age: number}[]>();
	for (const file of new Set(files)) {
		const {stem, age} = parseRotation(file);
		groups.set(stem, [...(groups.get(stem) ?? []), {file, age}]);
	}
	return [...groups.values()].map((group) => group.toSorted((one, other) => other.age - one.age).map(({file}) => file));
}

/** `age` orders files of one stem, the greatest first. */
function parseRotation(file: string): Rotation {
	const {dir, base} = path.parse(file);
	const stemOf = (name: string): string => path.join(dir, name);
	if (dumpPart.test(base)) return {stem: stemOf('dmesg-'), age: 0};
	const date = dated.exec(base);
	if (date) return {stem: stemOf(date[1] ?? ''), age: 1e15 - Number(date[2]?.replaceAll('-', '').slice(0, 14))};
	const number = numbered.exec(base);
	if (number) return {stem: stemOf(number[1] ?? ''), age: Number(number[2])};
	return {stem: stemOf(base.replace(/\.gz$/, '')), age: -1};
}
