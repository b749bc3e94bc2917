/** Passwords that let us in, kept in memory for the session so that a lost connection can be made again unasked. */

export type PasswordMemory = {
	/** `account` as `identityOf` names it. */
	recall(account: string): string | null;
	keep(account: string, password: string): void;
	forget(account: string): void;
};

export function createPasswordMemory(): PasswordMemory {
	const passwords = new Map<string, string>();
	return {
		recall: (account) => passwords.get(account) ?? null,
		keep: (account, password) => void passwords.set(account, password),
		forget: (account) => void passwords.delete(account),
	};
}
