/** Finds ways to log in that the host accepts, the configuration has and only the installed `ssh` can go. */
import {open} from 'node:fs/promises';
import type {LadderError} from '../../model/ladder-error.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';

/** Null when there is none. */
export async function findMethodsOnlyOpenSshHas(
	error: LadderError,
	resolved: ResolvedTarget,
): Promise<{readonly because: string; readonly methods: readonly string[]} | null> {
	const accepted = error.detail
		.flatMap((line) => /^the host accepts: (.*)$/.exec(line)?.[1]?.split(/, ?/) ?? [])
		.map((method) => method.trim());
	const ways = Object.entries(resolved.openSshNeeds?.methods ?? {}).filter(([method]) => accepted.includes(method));
	if (accepted.includes('publickey') && (await hasSecurityKeyFile(resolved)))
		ways.push(['publickey', 'security key file']);
	if (ways.length === 0) return null;
	return {
		because: [...new Set(ways.map(([, name]) => name))].join(', '),
		methods: [...new Set(ways.map(([method]) => method))],
	};
}

/** The file of such a key holds a handle only; the key itself is in a token that `ssh` speaks to. */
async function hasSecurityKeyFile({identityFiles}: ResolvedTarget): Promise<boolean> {
	const heads = await Promise.all(identityFiles.map((file) => readHead(`${file}.pub`)));
	return heads.some((head) => head.startsWith('sk-'));
}

async function readHead(file: string): Promise<string> {
	try {
		const handle = await open(file, 'r');
		try {
			const {buffer, bytesRead} = await handle.read(Buffer.alloc(64), 0, 64, 0);
			return buffer.toString('latin1', 0, bytesRead);
		} finally {
			await handle.close();
		}
	} catch {
		return '';
	}
}
