/** Expands `~`, `${VARIABLE}` and `%` tokens in the paths and commands of an SSH configuration (ssh_config(5), TOKENS). */
import {createHash} from 'node:crypto';
import path from 'node:path';

/** What the tokens stand for; all text, never null. */
export type TokenValues = {
	readonly homeDirectory: string;
	readonly localUser: string;
	readonly localUserId: string;
	readonly localHostname: string;
	/** As typed, `%n`. */
	readonly destination: string;
	readonly hostname: string;
	readonly port: number;
	readonly user: string;
	readonly hostKeyAlias: string | null;
	readonly proxyJump: string | null;
};

/** Text with every known token replaced; unknown ones are left as they are. */
export function expandTokens(text: string, values: TokenValues): string {
	return text.replace(/%(.)/g, (whole, letter: string) => tokenValue(letter, values) ?? whole);
}

/** Absolute path: environment variables, tokens and a leading `~` expanded, relative paths taken from `~`'s owner's cwd. */
export function expandPath(text: string, values: TokenValues, env: NodeJS.ProcessEnv): string {
	const withVariables = text.replace(/\$\{(\w+)\}/g, (whole, name: string) => env[name] ?? whole);
	return path.resolve(expandHome(expandTokens(withVariables, values), values.homeDirectory));
}

export function expandHome(text: string, homeDirectory: string): string {
	return text === '~' || text.startsWith('~/') ? path.join(homeDirectory, text.slice(1)) : text;
}

function tokenValue(letter: string, values: TokenValues): string | null {
	const {localHostname, hostname, port, user} = values;
	switch (letter) {
		case '%':
			return '%';
		case 'C':
			return createHash('sha1')
				.update(`${localHostname}${hostname}${port}${user}${values.proxyJump ?? ''}`)
				.digest('hex');
		case 'd':
			return values.homeDirectory;
		case 'h':
			return hostname;
		case 'i':
			return values.localUserId;
		case 'k':
			return values.hostKeyAlias ?? hostname;
		case 'L':
			return localHostname.split('.')[0] ?? localHostname;
		case 'l':
			return localHostname;
		case 'n':
			return values.destination;
		case 'p':
			return String(port);
		case 'r':
			return user;
		case 'u':
			return values.localUser;
		default:
			return null;
	}
}
