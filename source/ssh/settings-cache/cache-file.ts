/**
 * The file in which answers of `ssh -G` outlive the program. Whoever could write it would choose the hosts' addresses and
 * keys, so only a private file of this account counts; anything wrong with it counts as no file.
 */
import {randomUUID} from 'node:crypto';
import {constants, existsSync} from 'node:fs';
import {lstat, mkdir, open, readdir, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';

/** Answers that hold while the fingerprint does. */
export type Section = {
	readonly fingerprint: string;
	readonly answers: ReadonlyMap<string, Answer>;
};

export type Answer = {
	/** When it was given, milliseconds since the epoch. */
	readonly at: number;
	/** `keyword value`, as `ssh -G` prints it. */
	readonly lines: readonly string[];
};

export type CacheFile = {
	/** Newest first; empty for a file that is missing or cannot be used. Never rejects. */
	read(): Promise<readonly Section[]>;
	/** Replaces the file as a whole; without effect where that cannot be done. Never rejects. */
	write(sections: readonly Section[]): Promise<void>;
};

const fileName = 'ssh-settings.json';
const fileLimitBytes = 8 * 1024 * 1024;
/** A program that was killed while it wrote leaves a part behind; by then nobody still writes it. */
const leftoverMs = 3_600_000;

/** Most lines are the same for most hosts, so each is stored once. */
const content = z.strictObject({
	version: z.literal(1),
	sections: z.array(
		z.strictObject({
			fingerprint: z.string(),
			lines: z.array(z.string().regex(/^[a-z0-9]+ [^\n]*$/)),
			answers: z.array(z.tuple([z.string(), z.number(), z.array(z.int().nonnegative())])),
		}),
	),
});

/** `directory` is made when first written to. */
export function createCacheFile(directory: string): CacheFile {
	const file = path.join(directory, fileName);
	return {
		async read() {
			try {
				await checkOwner(directory);
				const parsed = content.parse(JSON.parse(await readPrivate(file)));
				return parsed.sections.map(unpack);
			} catch {
				return [];
			}
		},
		async write(sections) {
			const text = JSON.stringify({version: 1, sections: sections.map(pack)} satisfies z.infer<typeof content>);
			if (text.length > fileLimitBytes) return;
			try {
				await makeDirectory(directory);
				await removeLeftovers(directory);
				await replace(file, text);
			} catch {
				// A full disk or a home that is not ours: the program works without it.
			}
		},
	};
}

async function readPrivate(file: string): Promise<string> {
	const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
	try {
		const facts = await handle.stat();
		if (!facts.isFile() || !isPrivate(facts) || facts.size > fileLimitBytes) throw new Error('not a cache file');
		return await handle.readFile('utf8');
	} finally {
		await handle.close();
	}
}

/**
 * Makes it and the folder it is in, but no home: that may be missing for a reason. Under `sudo` it may be another
 * account's, who could then not use its own cache any more.
 */
async function makeDirectory(directory: string): Promise<void> {
	const parent = path.dirname(directory);
	const nearest = [directory, parent, path.dirname(parent)].find((folder) => existsSync(folder));
	if (nearest === undefined || !isPrivate(await stat(nearest))) throw new Error('not ours to add to');
	await mkdir(directory, {recursive: true, mode: 0o700});
	await checkOwner(directory);
}

async function checkOwner(directory: string): Promise<void> {
	const facts = await lstat(directory);
	if (!facts.isDirectory() || !isPrivate(facts)) throw new Error('not a private folder');
}

function isPrivate({uid, mode}: {readonly uid: number; readonly mode: number}): boolean {
	return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/** Whoever reads meanwhile reads the old file or the new one; of two who write, the later one's stays. */
async function replace(file: string, text: string): Promise<void> {
	const part = `${file}.${randomUUID()}`;
	try {
		const handle = await open(part, 'wx', 0o600);
		try {
			await handle.writeFile(text);
		} finally {
			await handle.close();
		}
		await rename(part, file);
	} catch (error) {
		await rm(part, {force: true});
		throw error;
	}
}

async function removeLeftovers(directory: string): Promise<void> {
	const names = await readdir(directory);
	for (const name of names.filter((entry) => entry.startsWith(`${fileName}.`))) {
		const part = path.join(directory, name);
		if (Date.now() - (await stat(part)).mtimeMs > leftoverMs) await rm(part, {force: true});
	}
}

type Packed = z.infer<typeof content>['sections'][number];

function pack({fingerprint, answers}: Section): Packed {
	const places = new Map<string, number>();
	const placeOf = (line: string): number => {
		const place = places.get(line) ?? places.size;
		places.set(line, place);
		return place;
	};
	const packed = [...answers].map(([key, {at, lines}]): Packed['answers'][number] => [key, at, lines.map(placeOf)]);
	return {fingerprint, lines: [...places.keys()], answers: packed};
}

/** Throws for a place that does not exist: a file with one hole in it is not to be trusted in the rest. */
function unpack({fingerprint, lines, answers}: Packed): Section {
	const lineAt = (place: number): string => {
		const line = lines[place];
		if (line === undefined) throw new Error('a line is missing');
		return line;
	};
	const unpacked = answers.map(([key, at, places]) => [key, {at, lines: places.map(lineAt)}] as const);
	return {fingerprint, answers: new Map(unpacked)};
}
