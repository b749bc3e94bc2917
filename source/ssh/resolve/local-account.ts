/** Who runs this program, as `ssh` sees it: the home directory comes from the account, not from `$HOME`. */
import os from 'node:os';

export type LocalAccount = {
	readonly homeDirectory: string;
	readonly localUser: string;
	readonly localUserId: string;
	readonly localHostname: string;
};

export function readLocalAccount(): LocalAccount {
	const localHostname = os.hostname();
	try {
		const {homedir, username, uid} = os.userInfo();
		return {homeDirectory: homedir, localUser: username, localUserId: String(uid), localHostname};
	} catch {
		// A container's user often has no entry in the account database.
		return {
			homeDirectory: os.homedir(),
			localUser: 'root',
			localUserId: String(process.getuid?.() ?? 0),
			localHostname,
		};
	}
}
