/** One row of the table of docs/ssh.md: a configuration, and how both programs are to fare with it. */

/** `in`, or the reason code of Sickbay's ladder, into which the words of ssh are translated. */
export type Outcome = string;

export type ParityRow = {
	readonly feature: string;
	/** Lines of ssh_config, before those all rows share; `{name}` is a word of the lab. */
	readonly config: string;
	/** Key file all hosts of the row are offered; null for none. Default: one that every server accepts. */
	readonly identity?: string | null;
	readonly outcome: Outcome;
	/** Where Sickbay differs on purpose. */
	readonly differs?: {readonly outcome: Outcome; readonly why: string};
	/** Typed when a secret is asked for; without it there is nobody to ask. */
	readonly answer?: 'password' | 'passphrase' | 'pin';
	/** A file each program is to find absent, and to leave the same. */
	readonly writes?: string;
	/** Needs an account with a password, which only root can make. */
	readonly needsAccount?: boolean;
	/** The program's own SSH, or the installed one. Default ssh2. */
	readonly carrier?: 'ssh2' | 'OpenSSH';
};
