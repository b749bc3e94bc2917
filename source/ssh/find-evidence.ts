/**
 * What this machine knew when a host was refused for its key, or refused us: the entries of known_hosts for it, the key
 * files, the agent's keys. When something new is among it, another attempt may end otherwise.
 */
import {createHash} from 'node:crypto';
import {stat} from 'node:fs/promises';
import type {SshTarget} from '../model/host.ts';
import type {ReasonCode} from '../model/ladder.ts';
import type {ResolvedTarget} from '../model/resolved-target.ts';
import type {Clock} from '../support/clock.ts';
import {shareInFlight} from '../support/share-in-flight.ts';
import {listAgentKeys} from './authentication/agent-keys.ts';
import {resolveHops} from './connect/resolve-hops.ts';
import type {KnownHostsFiles} from './host-keys/known-hosts-files.ts';
import {selectEntriesFor} from './host-keys/verify-host-key.ts';
import type {Resolve} from './resolve/create-resolver.ts';

/** One text per piece of evidence; a piece that changed is a new one. Never rejects. */
export type ReadEvidence = () => Promise<ReadonlySet<string>>;

/** Null where nothing on this machine is to blame. Rejects as resolving does, or with the signal's reason. */
export type FindEvidence = (target: SshTarget, code: ReasonCode, signal: AbortSignal) => Promise<ReadEvidence | null>;

type EvidenceParts = {readonly resolve: Resolve; readonly knownHosts: KnownHostsFiles; readonly clock: Clock};

/** Whoever reads at the same time shares what is read: many hosts have the same files and the same agent. */
export function createEvidence({resolve, knownHosts, clock}: EvidenceParts): FindEvidence {
	const stampFile = shareInFlight(stampOf);
	const listAgent = shareInFlight((socketPath) => listAgentKeys(socketPath, clock));

	const readKeys = async (resolved: ResolvedTarget): Promise<readonly string[]> => {
		const beside = resolved.identityFiles.flatMap((file) => [file, `${file}.pub`, `${file}-cert.pub`]);
		const stamps = Promise.all([...beside, ...(resolved.certificateFiles ?? [])].map(stampFile));
		const agent = resolved.identityAgent === null ? null : await listAgent(resolved.identityAgent);
		const held = agent?.kind === 'keys' ? agent.keys.map(({blob}) => `agent ${digestOf(blob)}`) : [];
		return [...(await stamps).filter((stamp) => stamp !== null), ...held];
	};

	return async (target, code, signal) => {
		const isAboutKeys = code === 'authentication-failed';
		if (!isAboutKeys && !code.startsWith('host-key-')) return null;
		const resolved = await resolve(target, signal);
		// A jump host that was refused is told as its guest's reason.
		const places = [resolved, ...(await resolveHops(resolved, resolve, signal))];
		const readers = places.map((place) =>
			isAboutKeys ? () => readKeys(place) : createTrustReader(place, knownHosts, stampFile),
		);
		return async () => new Set((await Promise.all(readers.map((read) => read()))).flat());
	};
}

/** Looks into known_hosts only when a file changed: a hashed one costs an HMAC per line. */
function createTrustReader(
	resolved: ResolvedTarget,
	knownHosts: KnownHostsFiles,
	stampFile: (file: string) => Promise<string | null>,
): () => Promise<readonly string[]> {
	const files = [...resolved.userKnownHostsFiles, ...resolved.globalKnownHostsFiles];
	let seen = {stamps: '', entries: ''};
	return async () => {
		const stamps = JSON.stringify(await Promise.all(files.map(stampFile)));
		if (stamps !== seen.stamps) {
			const entries = selectEntriesFor(resolved, await knownHosts.read(files));
			const words = entries.map(({marker, key, file}) => `${marker} ${file} ${key.toString('base64')}`);
			// One piece in all: an entry that was removed matters as well.
			seen = {stamps, entries: `known_hosts ${resolved.hostname} ${digestOf(words.join('\n'))}`};
		}
		const revoked = await Promise.all((resolved.revokedHostKeysFiles ?? []).map(stampFile));
		return [seen.entries, ...revoked.filter((stamp) => stamp !== null)];
	};
}

/** Null for a file that is not there. */
async function stampOf(file: string): Promise<string | null> {
	const facts = await stat(file, {bigint: true}).catch(() => null);
	return facts === null ? null : [file, facts.ino, facts.mode, facts.size, facts.mtimeNs, facts.ctimeNs].join(' ');
}

function digestOf(content: string | Buffer): string {
	return createHash('sha256').update(content).digest('base64');
}
