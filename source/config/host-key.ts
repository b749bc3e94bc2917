/** Names a declared target: the same destination, user and port give the same key in every run. */
import type {HostKey, HostTarget, SshTarget} from '../model/host.ts';

/** `ssh:user@web-01:2222` or `local`; what is not declared is left out, because only `ssh` knows its value. */
export function formatHostKey(target: HostTarget): HostKey {
	return target.kind === 'local' ? 'local' : `ssh:${formatSshTarget(target)}`;
}

/** `user@web-01:2222`, an IPv6 address in brackets when a port follows: as it may be typed on the command line. */
export function formatSshTarget({destination, user, port}: SshTarget): string {
	const host = destination.includes(':') && port !== undefined ? `[${destination}]` : destination;
	return `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
}
