/** Says where the audit is kept: with the state of the account's other programs. */
import path from 'node:path';

/** `$XDG_STATE_HOME/sickbay/audit.jsonl`, else below `home`; a relative XDG_STATE_HOME is ignored, as its specification demands. */
export function findAuditFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
	const configured = env['XDG_STATE_HOME'];
	const state =
		configured !== undefined && path.isAbsolute(configured) ? configured : path.join(home, '.local', 'state');
	return path.join(state, 'sickbay', 'audit.jsonl');
}
