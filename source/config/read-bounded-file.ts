/** Reads small text files that come from outside; one that never ends cannot fill the memory. */
import {open} from 'node:fs/promises';

const maxFileBytes = 1024 * 1024;

/** The whole file as UTF-8; rejects with the file system's error, or a `RangeError` beyond 1 MiB. */
export async function readBoundedFile(file: string): Promise<string> {
	const handle = await open(file, 'r');
	try {
		const buffer = Buffer.alloc(maxFileBytes + 1);
		let length = 0;
		while (length < buffer.length) {
			const {bytesRead} = await handle.read(buffer, length, buffer.length - length, null);
			if (bytesRead === 0) return buffer.toString('utf8', 0, length);
			length += bytesRead;
		}
		throw new RangeError('it is larger than 1 MiB');
	} finally {
		await handle.close();
	}
}

/** Why a file could not be read, for the end of a sentence. */
export function describeReadError(error: unknown): string {
	if (error instanceof RangeError) return error.message;
	switch ((error as NodeJS.ErrnoException).code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return 'there is no such file';
		case 'EACCES':
		case 'EPERM':
			return 'permission denied';
		case 'EISDIR':
			return 'it is a directory';
		default:
			return (error as NodeJS.ErrnoException).code ?? 'it cannot be read';
	}
}

/** True when the error says that there is no such file. */
export function isMissingFile(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
