/** What `ssh` would use to reach a destination, after its configuration has been applied (`ssh -G`). */
import type {SshTarget} from './host.ts';

export type ResolvedTarget = {
	/** What was asked for, e.g. the alias. */
	readonly destination: string;
	readonly hostname: string;
	readonly port: number;
	readonly user: string;
	/** Absolute paths, tokens and `~` expanded, in the order to try; files may be missing. */
	readonly identityFiles: readonly string[];
	readonly identitiesOnly: boolean;
	/** `CertificateFile`, absolute paths. Absent: none named, those beside the key files count. */
	readonly certificateFiles?: readonly string[];
	/** Of `publickey`, `keyboard-interactive` and `password`, those allowed, in the order to try. Absent: all, as here. */
	readonly authenticationMethods?: readonly string[];
	/** Wrong answers before a person is asked no more; 0 never asks (`BatchMode`). Absent: 3. */
	readonly passwordPrompts?: number;
	/** Path of the agent's socket; null for none. */
	readonly identityAgent: string | null;
	readonly userKnownHostsFiles: readonly string[];
	readonly globalKnownHostsFiles: readonly string[];
	/** Name to look up in known_hosts instead of the host's; null for none. */
	readonly hostKeyAlias: string | null;
	readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new' | 'no';
	readonly connectTimeoutMs: number | null;
	/** `user@hop:port,hop2`; null for a direct connection. */
	readonly proxyJump: string | null;
	readonly proxyCommand: string | null;
	/** True when names added to known_hosts are to be hashed; absent: they are not. */
	readonly hashKnownHosts?: boolean;
	/** Only addresses of this IP version are to be used; absent: any. */
	readonly addressFamily?: 4 | 6;
	/** Lists of host keys never to be accepted (`RevokedHostKeys`); absolute paths. Absent: none. */
	readonly revokedHostKeysFiles?: readonly string[];
	/** Algorithms the configuration allows. Absent: all. */
	readonly algorithms?: AllowedAlgorithms;
	/** What was asked for, in full, where the installed `ssh` would resolve it alike; absent: it would not. */
	readonly target?: SshTarget;
	/** What the configuration asks for that only the installed `ssh` can do. Absent: nothing. */
	readonly openSshNeeds?: OpenSshNeeds;
};

/** Words such as `PKCS11Provider`; null where this program's own SSH will do. */
export type OpenSshNeeds = {
	/** Without it there is no way in. */
	readonly always: string | null;
	/** A further way in, of use where the host accepts this authentication method. */
	readonly methods: Readonly<Record<string, string>>;
};

/** Names as SSH has them; an absent list allows all. */
export type AllowedAlgorithms = {
	readonly keyExchanges?: readonly string[];
	readonly ciphers?: readonly string[];
	readonly macs?: readonly string[];
	readonly hostKeys?: readonly string[];
};
