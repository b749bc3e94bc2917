/**
 * Appends to the audit file, one line of JSON per entry and one write per line, so that several programs may write to
 * the same file and a crash cuts off no more than the last line.
 */
import {constants} from 'node:fs';
import {mkdir, open, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {createLimiter} from '../../support/limiter.ts';
import type {AuditTrail} from './audit-trail.ts';
import {formatAuditLine} from './format-audit-line.ts';

/** A symbolic link in its place could lead the lines elsewhere. */
const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/** Opened at the first line, readable by its owner only; folders are made as needed. */
export function createAuditFile(file: string): AuditTrail {
	const inTurn = createLimiter(1);
	let handle: FileHandle | null = null;
	return {
		write: (entry, {durable = false} = {}) =>
			inTurn.run(async () => {
				handle ??= await openPrivately(file);
				const line = Buffer.from(formatAuditLine(entry));
				const {bytesWritten} = await handle.write(line);
				if (bytesWritten !== line.length) throw new Error(`only part of a line could be written to ${file}`);
				if (durable) await handle.sync();
			}),
		close: () =>
			inTurn.run(async () => {
				await handle?.close();
				handle = null;
			}),
	};
}

async function openPrivately(file: string): Promise<FileHandle> {
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(file, flags, 0o600);
	try {
		const stats = await handle.stat();
		if (!stats.isFile()) throw new Error(`${file} is no file`);
		if ((stats.mode & 0o077) !== 0) await handle.chmod(0o600);
		return handle;
	} catch (error) {
		await handle.close();
		throw error;
	}
}
