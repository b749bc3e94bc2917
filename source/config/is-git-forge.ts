/** Tells entries of an SSH configuration that are for `git push` from those of machines. */
import type {SshConfigHost} from './read-ssh-config.ts';

/** Public forges and their alternative SSH names (port 443). */
const forges: ReadonlySet<string> = new Set([
	'github.com',
	'ssh.github.com',
	'gist.github.com',
	'gitlab.com',
	'altssh.gitlab.com',
	'bitbucket.org',
	'altssh.bitbucket.org',
	'codeberg.org',
	'git.sr.ht',
	'ssh.dev.azure.com',
	'vs-ssh.visualstudio.com',
	'aur.archlinux.org',
]);

/** True when the entry logs in as `git` or leads to a public forge: nothing there can be asked about containers. */
export function isGitForge(host: SshConfigHost): boolean {
	const address = (host.hostName ?? host.alias).toLowerCase();
	return host.user === 'git' || forges.has(address) || forges.has(host.alias.toLowerCase());
}
