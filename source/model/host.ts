/** A host as the fleet sources declare it: how to reach it, what to call it and who mentioned it. */

/** Stable key of one row on the board; never derived from a position in a list. */
export type HostKey = string;

/** Which source mentioned a host; `detail` is the file, context or argument, for the host view. */
export type HostSource = {
	readonly kind: 'command-line' | 'config' | 'ssh-config' | 'docker-context' | 'local-engine' | 'demo';
	readonly detail: string;
};

/** What carries the connection: this program's own SSH, the installed `ssh`, or the latter where the former cannot. */
export type SshCarrier = 'auto' | 'ssh2' | 'openssh';

export type SshTarget = {
	readonly kind: 'ssh';
	/** What one would type after `ssh`: an alias, a name or an address, without user and port. */
	readonly destination: string;
	readonly user?: string;
	readonly port?: number;
	/** Key files given for this host in Sickbay's own configuration, tried before those of the SSH configuration. */
	readonly identityFiles?: readonly string[];
	/** Absent: `auto`. */
	readonly transport?: SshCarrier;
};

export type LocalTarget = {readonly kind: 'local'};

export type HostTarget = SshTarget | LocalTarget;

/** How `sudo` may be used to read what the account cannot: `auto` tries `sudo -n`, `never` does not. */
export type SudoPolicy = 'auto' | 'never';

export type Host = {
	readonly key: HostKey;
	readonly name: string;
	readonly target: HostTarget;
	readonly sources: readonly HostSource[];
	readonly labels: Readonly<Record<string, string>>;
	readonly groups: readonly string[];
	/** Socket of the engine on the host; absent: look where Docker and Podman put it. */
	readonly engineSocket?: string;
	readonly sudo: SudoPolicy;
	/** A member of the embedded demo fleet; every view and report says so. */
	readonly demo: boolean;
};
