/** Reads the lines of a log as it is stored: plain or gzip, UTF-8 or UTF-16, told by its first bytes. */
import {createGunzip} from 'node:zlib';
import {createLineSplitter, type LineSplitter} from '../support/line-splitter.ts';
import {describeForeignFile} from './describe-foreign-file.ts';
import {InputError} from './input-error.ts';

export type OnLines = (lines: readonly string[]) => void;

/** Takes the bytes of an input; both reject with `InputError` where they make no sense, after the lines before that. */
type ByteSink = {
	write(chunk: Buffer): Promise<void>;
	end(): Promise<void>;
};

/** `dmesg --json` may come as one line; longer ones than this are cut. */
const lineLimit = 4 * 1024 * 1024;
const magicBytes = 8;

/** `name` is for the words of an `InputError`. */
export async function readLines(name: string, bytes: AsyncIterable<Buffer>, onLines: OnLines): Promise<void> {
	let sink: ByteSink | null = null;
	let head: Buffer = Buffer.alloc(0);
	try {
		for await (const chunk of bytes) {
			if (sink === null) {
				head = Buffer.concat([head, chunk]);
				if (head.length < magicBytes) continue;
				sink = openSink(head, onLines);
				await sink.write(head);
			} else await sink.write(chunk);
		}
		if (sink === null) {
			sink = openSink(head, onLines);
			await sink.write(head);
		}
		await sink.end();
	} catch (error) {
		if (error instanceof InputError) throw new InputError(`${name} ${error.message}`, {cause: error});
		const {code} = error as NodeJS.ErrnoException;
		if (code === undefined) throw error;
		throw new InputError(`${name} cannot be read to its end (${code})`, {cause: error});
	}
}

function openSink(head: Buffer, onLines: OnLines): ByteSink {
	const foreign = describeForeignFile(head);
	if (foreign !== null) throw new InputError(foreign);
	return head[0] === 0x1f && head[1] === 0x8b ? createGzipSink(onLines) : createTextSink(head, onLines);
}

function createTextSink(head: Buffer, onLines: OnLines): ByteSink {
	const splitter = createSplitter(head);
	return {
		async write(chunk) {
			onLines(splitter.push(chunk));
		},
		async end() {
			onLines(splitter.end());
		},
	};
}

function createGzipSink(onLines: OnLines): ByteSink {
	const gunzip = createGunzip();
	let splitter: LineSplitter | null = null;
	gunzip.on('data', (chunk: Buffer) => {
		splitter ??= createSplitter(chunk);
		onLines(splitter.push(chunk));
	});
	const broken = new Promise<never>((_resolve, reject) => {
		gunzip.on('error', (error: NodeJS.ErrnoException) => {
			onLines(splitter?.end() ?? []);
			const flaw = error.code === 'Z_BUF_ERROR' ? 'is cut short' : 'is damaged';
			reject(new InputError(`${flaw}, though it is a gzip file; what comes before that was read`, {cause: error}));
		});
	});
	broken.catch(() => {});
	const ended = new Promise<void>((resolve) => {
		gunzip.on('end', () => {
			onLines(splitter?.end() ?? []);
			resolve();
		});
	});
	return {
		// Waiting for each chunk keeps a large file out of memory.
		write: (chunk) => Promise.race([broken, new Promise<void>((resolve) => gunzip.write(chunk, () => resolve()))]),
		end() {
			gunzip.end();
			return Promise.race([broken, ended]);
		},
	};
}

/** Windows PowerShell writes UTF-16 when output is redirected into a file. */
function createSplitter(head: Buffer): LineSplitter {
	return createLineSplitter(lineLimit, head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8');
}
