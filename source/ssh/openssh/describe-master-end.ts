/** Turns the last words of an `ssh` that held a connection into the error ssh2 would have given for it. */
import type {SshProgress} from './read-progress.ts';

type Row = readonly [RegExp, () => Error | null];

/** Last words first: what follows the cause is only its echo. */
const table: readonly Row[] = [
	[/^Timeout, server .* not responding/, () => new Error('Keepalive timeout')],
	[/Connection reset|Broken pipe/, () => Object.assign(new Error('reset'), {code: 'ECONNRESET'})],
	[/closed by remote host|closed by/, () => null],
];

/** Null for an orderly end. */
export function describeMasterEnd({said}: SshProgress): Error | null {
	for (const [pattern, error] of table) {
		if (said.some((line) => pattern.test(line))) return error();
	}
	return new Error('the ssh that held the connection ended');
}
