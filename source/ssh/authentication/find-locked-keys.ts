/**
 * Finds the encrypted key files without which hosts have nothing to offer, so that a person is asked once and beforehand.
 * Where there is another key the passphrase may never be needed, and is asked for when a host wants it.
 */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import type {LockedKey} from '../locked-key.ts';
import {listAgentKeys} from './agent-keys.ts';
import type {KeyRing} from './key-ring.ts';
import {readKeyFile} from './read-key-file.ts';

/** One entry per file, in the order first met; files already unlocked or held by an agent are left out. */
export async function findLockedKeys(
	targets: readonly ResolvedTarget[],
	keyRing: KeyRing,
	clock: Clock,
): Promise<readonly LockedKey[]> {
	const users = new Map<string, ResolvedTarget[]>();
	for (const target of targets) {
		for (const file of target.identityFiles) {
			const list = users.get(file);
			if (list === undefined) users.set(file, [target]);
			else list.push(target);
		}
	}
	const heldBy = await listHeldKeys(targets, clock);
	const files = await Promise.all([...users.keys()].map(readKeyFile));
	const usable = new Set(files.flatMap(({kind, path}) => (kind === 'private' ? [path] : [])));
	const hasOther = ({identityAgent, identitiesOnly, identityFiles}: ResolvedTarget): boolean =>
		identityFiles.some((path) => usable.has(path)) ||
		(!identitiesOnly && (heldBy.get(identityAgent ?? '')?.size ?? 0) > 0);
	return files.flatMap((file): LockedKey[] => {
		if (file.kind !== 'locked' || keyRing.get(file.path) !== null || keyRing.isGivenUp(file.path)) return [];
		const fingerprint = file.publicKey === null ? null : formatFingerprint(file.publicKey);
		// A key whose public half is not known can be offered only once it is open.
		const inNeed = (users.get(file.path) ?? []).filter(
			(target) =>
				fingerprint === null || (!hasOther(target) && !heldBy.get(target.identityAgent ?? '')?.has(fingerprint)),
		);
		if (inNeed.length === 0) return [];
		return [{path: file.path, fingerprint, usedBy: [...new Set(inNeed.map((target) => target.destination))]}];
	});
}

/** Fingerprints of the keys each agent holds, by the agent's socket. */
async function listHeldKeys(
	targets: readonly ResolvedTarget[],
	clock: Clock,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
	const sockets = [...new Set(targets.flatMap(({identityAgent}) => identityAgent ?? []))];
	const listed = await Promise.all(
		sockets.map(async (socket) => {
			const agent = await listAgentKeys(socket, clock);
			const keys = agent.kind === 'keys' ? agent.keys : [];
			return [socket, new Set(keys.map((key) => formatFingerprint(key.blob)))] as const;
		}),
	);
	return new Map(listed);
}
