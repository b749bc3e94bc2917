/** Reaches hosts over SSH as `ssh` itself would: resolves, checks host keys, authenticates, one connection per host. */
import type {AskSecret, TellPerson} from '../model/attention.ts';
import type {SshTarget} from '../model/host.ts';
import type {OfferedHostKey} from '../model/offered-host-key.ts';
import type {ResolvedTarget} from '../model/resolved-target.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {findLockedKeys} from './authentication/find-locked-keys.ts';
import {createKeyRing, type KeyRing} from './authentication/key-ring.ts';
import {createPasswordMemory, type PasswordMemory} from './authentication/password-memory.ts';
import {createDialer} from './connect/dialer.ts';
import {resolveHops} from './connect/resolve-hops.ts';
import type {ClimbOptions} from './connect/route.ts';
import {acceptHostKey} from './host-keys/accept-host-key.ts';
import {createKnownHostsFiles} from './host-keys/known-hosts-files.ts';
import {createPinnedHostKeys} from './host-keys/pinned-host-keys.ts';
import {createEvidence, type FindEvidence} from './find-evidence.ts';
import {identityOf} from './identity-of.ts';
import type {LockedKey} from './locked-key.ts';
import {createCarrierChoice} from './openssh/choose-carrier.ts';
import {createOpenSshDialer, type OpenSshParts} from './openssh/connect-openssh.ts';
import {passphraseAccount} from './openssh/prompt-topic.ts';
import {createResolver} from './resolve/create-resolver.ts';
import {createSshTransport} from './ssh-transport.ts';
import {defaultTimings, type SshTimings} from './ssh-timings.ts';

export type SshConnectorOptions = {
	/** As `ssh -F`: a path, or `none`. */
	readonly configFile?: string;
	/** Replaces resolution by `ssh -G`. */
	readonly resolve?: (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;
	readonly clock: Clock;
	readonly env: NodeJS.ProcessEnv;
	/** Where answers of `ssh -G` are kept from one run to the next; absent: nowhere. */
	readonly cacheDirectory?: string;
	/** Asks a person for passwords, codes and passphrases; absent: nobody is there to be asked. */
	readonly ask?: AskSecret;
	/** Says that a security key waits to be touched; absent: nobody hears. */
	readonly tell?: TellPerson;
	/** Handshakes at a time, default 32. */
	readonly connectConcurrency?: number;
	/** Connections at a time to one host and port, default 8: sshd starts dropping at 10 (MaxStartups). */
	readonly perEndpointConcurrency?: number;
	readonly timings?: Partial<SshTimings>;
};

export type SshConnector = {
	/** Rejects with a `LadderError` at rung `resolve`. */
	resolve(target: SshTarget, signal?: AbortSignal): Promise<ResolvedTarget>;
	/** The same text for the same account on the same machine. */
	identityOf(resolved: ResolvedTarget): string;
	/**
	 * Climbs to an authenticated connection, telling each rung as it is reached. Rejects with a `LadderError`, or the
	 * signal's reason. What breaks later is told by the transport's `closed`.
	 */
	connect(resolved: ResolvedTarget, options: ClimbOptions): Promise<Transport>;
	/**
	 * Trusts a key that was refused as unknown, from the next connection on, and adds it to known_hosts as ssh would.
	 * Rejects with `UserError` for a key nobody may accept, and as `fs` when the file cannot be written; the key is
	 * trusted while the program runs then, as with ssh.
	 */
	acceptHostKey(key: OfferedHostKey): Promise<void>;
	/** What a host that was stopped for this reason was judged by, to be read now and again. */
	readonly findEvidence: FindEvidence;
	/** Encrypted key files these hosts name and whose key the agent does not hold. */
	lockedKeys(resolved: readonly ResolvedTarget[]): Promise<readonly LockedKey[]>;
	/** Opens a key for the rest of the session; false when the passphrase is wrong. */
	unlock(key: LockedKey, passphrase: string): Promise<boolean>;
	/** Notes that the person does without a key, so that nobody asks for its passphrase again. */
	goWithout(key: LockedKey): void;
	/** Resolves when what was learned for later runs is written, or will not be. */
	kept(): Promise<void>;
};

export function createSshConnector(options: SshConnectorOptions): SshConnector {
	const {clock, env, configFile, cacheDirectory} = options;
	const memory = createPasswordMemory();
	const keyRing = rememberPassphrases(createKeyRing(), memory);
	const trust = {files: createKnownHostsFiles(), pinned: createPinnedHostKeys()};
	const resolver = createResolver({configFile, env, clock, cacheDirectory});
	const resolve = options.resolve ?? resolver.resolve;
	const shared = {
		clock,
		env,
		configFile,
		timings: {...defaultTimings, ...options.timings},
		keyRing,
		memory,
		ask: options.ask ?? null,
		tell: options.tell ?? (() => () => undefined),
	};
	const connectConcurrency = options.connectConcurrency ?? 32;
	const knownHosts = trust.files;
	const findHops: OpenSshParts['findHops'] = (resolved, signal) => resolveHops(resolved, resolve, signal);
	const connect = createCarrierChoice({
		overSsh2: createDialer({
			...shared,
			resolve,
			trust,
			connectConcurrency,
			perEndpointConcurrency: options.perEndpointConcurrency ?? 8,
		}),
		overOpenSsh: createOpenSshDialer({...shared, findHops, knownHosts, concurrency: connectConcurrency}),
		findHops,
		knownHosts,
	});
	return {
		resolve,
		identityOf,
		connect: async (resolved, climb) => createSshTransport(await connect(resolved, climb), clock),
		lockedKeys: (resolved) => findLockedKeys(resolved, keyRing, clock),
		findEvidence: createEvidence({resolve, knownHosts, clock}),
		acceptHostKey: (key) => acceptHostKey(key, trust),
		unlock: (key, passphrase) => keyRing.unlock(key.path, passphrase),
		goWithout: (key) => keyRing.goWithout(key.path),
		kept: resolver.kept,
	};
}

/** The installed `ssh` opens keys by itself, and asks for what the person has said here before. */
function rememberPassphrases(keyRing: KeyRing, memory: PasswordMemory): KeyRing {
	return {
		...keyRing,
		async unlock(path, passphrase) {
			const opens = await keyRing.unlock(path, passphrase);
			if (opens) memory.keep(passphraseAccount(path), passphrase);
			return opens;
		},
	};
}
