/**
 * Lists the keys to offer a host in the order `ssh` offers them (sshconnect2.c, pubkey_prepare): agent keys that the
 * configuration names, the agent's other keys unless `IdentitiesOnly`, then key files.
 */
import type {BaseAgent, ParsedKey} from 'ssh2';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import {listAgentKeys} from './agent-keys.ts';
import type {KeyRing} from './key-ring.ts';
import type {KeyFile} from './read-key-file.ts';

export type Credential =
	| {readonly kind: 'agent'; readonly agent: BaseAgent; readonly key: ParsedKey; readonly label: string}
	| {readonly kind: 'file'; readonly key: ParsedKey; readonly label: string};

export type Credentials = {
	readonly offers: readonly Credential[];
	/** What could not be offered and why, one sanitised line each. */
	readonly notes: readonly string[];
	readonly agentUnavailable: boolean;
};

export async function gatherCredentials(
	resolved: ResolvedTarget,
	keyRing: KeyRing,
	clock: Clock,
): Promise<Credentials> {
	const [agent, files] = await Promise.all([
		listAgentKeys(resolved.identityAgent, clock),
		Promise.all(resolved.identityFiles.map(keyRing.readFile)),
	]);
	const held = agent.kind === 'keys' ? agent.keys : [];
	const isHeld = (file: KeyFile): boolean => {
		const publicKey = publicKeyOf(file);
		return publicKey !== null && held.some((key) => key.getPublicSSH().equals(publicKey));
	};
	const named = held.filter((key) => files.some((file) => publicKeyOf(file)?.equals(key.getPublicSSH()) === true));
	const others = resolved.identitiesOnly ? [] : held.filter((key) => !named.includes(key));
	const fromAgent =
		agent.kind !== 'keys'
			? []
			: [...named, ...others].map((key) => {
					const label = `agent key ${describe(key)}${key.comment ? ` (${sanitiseLine(key.comment, 80)})` : ''}`;
					return {kind: 'agent' as const, agent: agent.agent, key, label};
				});
	const fromFiles = files
		.filter((file) => !isHeld(file))
		.flatMap((file) => {
			const key = file.kind === 'private' ? file.key : file.kind === 'locked' ? keyRing.get(file.path) : null;
			return key === null ? [] : [{kind: 'file' as const, key, label: `${file.path} ${describe(key)}`}];
		});
	return {
		offers: [...fromAgent, ...fromFiles],
		notes: [
			...(agent.kind === 'unavailable' ? [sanitiseLine(agent.message, 200)] : []),
			...files.filter((file) => !isHeld(file)).flatMap((file) => noteOf(file, keyRing)),
		],
		agentUnavailable: agent.kind === 'unavailable',
	};
}

export function publicKeyOf(file: KeyFile): Buffer | null {
	switch (file.kind) {
		case 'private':
			return file.key.getPublicSSH();
		case 'locked':
		case 'public':
			return file.publicKey;
		default:
			return null;
	}
}

function describe(key: ParsedKey): string {
	return `${key.type} ${formatFingerprint(key.getPublicSSH())}`;
}

function noteOf(file: KeyFile, keyRing: KeyRing): readonly string[] {
	switch (file.kind) {
		case 'locked':
			return keyRing.get(file.path) === null ? [`${file.path}: locked, its passphrase was not given`] : [];
		case 'public':
			return [`${file.path}: only the public half is here and no agent holds the key`];
		case 'unusable':
			return [`${file.path}: ${file.reason}`];
		default:
			return [];
	}
}
