/**
 * Reads one destination, `user@host:port` or `ssh://user@host:port/socket`, without resolving it. Refuses what `ssh`
 * refuses, so that nothing typed or found in a file can become an option or a control sequence.
 */
import {isIPv6} from 'node:net';
import {UserError} from '../model/user-error.ts';
import {quoteWord} from '../support/quote-word.ts';
import {sanitiseLine} from '../support/sanitise.ts';

export type Destination = {
	/** Name, alias or address as typed; may still hold a range such as `web-[01-40]`. */
	readonly host: string;
	readonly user?: string;
	readonly port?: number;
	/** Path of an `ssh://` address: the engine's socket on the host, as the Docker CLI reads it. */
	readonly engineSocket?: string;
};

const destinationHint = 'Write hosts as web-01, user@web-01:2222, user@[fe80::1]:2222 or ssh://user@web-01:2222.';

/** A user, a host with ranges and the path of a socket, each as long as may be. */
const maxLength = 1000;

/** `valid_hostname()` and `valid_ruser()` in ssh.c of OpenSSH 9.6 and later. */
const refusedInHost = /['`"$\\;&<>|(){}\s\p{Cc}]/u;
const refusedInUser = /['`";&<>|(){}\p{Cc}]|\s-|\\$/u;

/** Characters no name or address holds, refused with a better message than a failed lookup would give. */
const neverInHost = /[,*?!/@#=+]/;

/** Throws `UserError` when the text is not a destination; the text is quoted in it, a password never. */
export function parseDestination(text: string): Destination {
	refusePassword(text);
	if (text.length > maxLength) {
		throw new UserError(`${quoteWord(text)} is longer than any host`, destinationHint);
	}
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
	if (scheme === 'ssh') return parseSshAddress(text);
	if (scheme !== undefined) {
		throw new UserError(`${scheme}:// is not a way to reach a host: Sickbay speaks SSH`, destinationHint);
	}
	const at = text.lastIndexOf('@');
	return {...parseHostPort(text.slice(at + 1), text), ...(at === -1 ? {} : {user: parseUser(text.slice(0, at), text)})};
}

/** True for a name `ssh` accepts as a destination: no option, no control or shell character, no range. */
export function isPlainHostName(name: string): boolean {
	return findHostProblem(name) === null && !/[[\]]/.test(name);
}

/** Throws `UserError` when a host, whose ranges are expanded, cannot be one. */
export function checkHostName(name: string): void {
	const problem = findHostProblem(name);
	if (problem !== null) throw new UserError(`${quoteWord(name)} is not a host: ${problem}`, destinationHint);
}

function parseSshAddress(text: string): Destination {
	const match = /^ssh:\/\/(?:([^/]*)@)?([^/@]*)(\/.*)?$/is.exec(text);
	if (match?.[2] === undefined) throw new UserError(`${quoteWord(text)} is not an SSH address`, destinationHint);
	const [, user, hostPort, path] = match;
	if (path !== undefined && isDeceptive(path)) {
		throw new UserError(`${quoteWord(text)} holds control or invisible characters`, destinationHint);
	}
	return {
		...parseHostPort(hostPort, text),
		...(user === undefined ? {} : {user: parseUser(decodePercent(user), text)}),
		...(path === undefined || path === '/' ? {} : {engineSocket: path}),
	};
}

/** Before anything is quoted: a password must not reach an error message. */
function refusePassword(text: string): void {
	if (/:.*@/s.test(text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''))) {
		throw new UserError('a host cannot carry a password', 'Sickbay logs in with SSH keys: write user@host:port.');
	}
}

function parseHostPort(hostPort: string, text: string): {readonly host: string; readonly port?: number} {
	if (isIPv6(hostPort)) return {host: hostPort};
	const bracketed = /^\[([^\]]*:[^\]]*)\](?::(.*))?$/s.exec(hostPort);
	if (bracketed?.[1] !== undefined) {
		const [, address, port] = bracketed;
		if (!isIPv6(address)) throw new UserError(`${quoteWord(address)} is not an IPv6 address`, destinationHint);
		return port === undefined ? {host: address} : {host: address, port: parsePort(port, text)};
	}
	const colon = hostPort.lastIndexOf(':');
	const host = colon === -1 ? hostPort : hostPort.slice(0, colon);
	if (host.replaceAll(/\[[^\]]*\]/g, '').includes(':')) {
		throw new UserError(`${quoteWord(text)} has more than one ":" and is no IPv6 address`, destinationHint);
	}
	if (host === '') throw new UserError(`${quoteWord(text)} names no host`, destinationHint);
	return colon === -1 ? {host} : {host, port: parsePort(hostPort.slice(colon + 1), text)};
}

function parsePort(port: string, text: string): number {
	if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
		throw new UserError(`${quoteWord(port)} in ${quoteWord(text)} is not a port (1 to 65535)`, destinationHint);
	}
	return Number(port);
}

function parseUser(user: string, text: string): string {
	checkUserName(user, text);
	return user;
}

/** Throws `UserError` when `ssh` would refuse to log in under this name. */
export function checkUserName(user: string, text: string): void {
	if (user === '' || user.length > 255 || user.startsWith('-') || refusedInUser.test(user) || isDeceptive(user)) {
		throw new UserError(`${quoteWord(user)} in ${quoteWord(text)} is not a user name`, destinationHint);
	}
}

function findHostProblem(name: string): string | null {
	if (name === '') return 'it is empty';
	if (name.length > 255) return 'it is longer than 255 characters';
	if (name.startsWith('-')) return 'it begins with "-"';
	const character = refusedInHost.exec(name)?.[0] ?? neverInHost.exec(name)?.[0];
	if (character !== undefined) return `it contains ${JSON.stringify(character)}`;
	return isDeceptive(name) ? 'it contains invisible characters' : null;
}

/** True when drawing the text would need changing it: invisible, reordering or control characters. */
function isDeceptive(text: string): boolean {
	return sanitiseLine(text, text.length + 1) !== text;
}

function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
