/** The one line that lets the account read the kernel log and what is kept of earlier boots. */
import {valueOf} from '../model/reading.ts';
import type {HealthInput} from './health-input.ts';

/** Distributions without systemd, whose log only root reads. */
const withoutJournal: ReadonlySet<string> = new Set(['alpine', 'devuan', 'void', 'gentoo', 'openwrt']);

/** In backquotes, to copy; `ACCOUNT` where the account's name is not known. */
export function grantLogRights(input: Pick<HealthInput, 'host' | 'readings' | 'address'>): string {
	const account = /^([\w.][\w.-]{0,31})@/.exec(input.address ?? '')?.[1] ?? 'ACCOUNT';
	if (hasJournal(input)) return `\`sudo usermod -aG systemd-journal ${account}\``;
	return input.host.sudo === 'never'
		? '`sudo sysctl -w kernel.dmesg_restrict=0`'
		: `\`echo "${account} ALL=(root) NOPASSWD: $(command -v dmesg)" | sudo tee /etc/sudoers.d/sickbay\``;
}

/** Where nothing says otherwise a journal is likely: without it the line does no harm and names an unknown group. */
function hasJournal({readings}: Pick<HealthInput, 'readings'>): boolean {
	const journal = valueOf(readings.boots)?.sources.find(({source}) => source === 'journal');
	if (journal !== undefined && journal.state !== 'failed') {
		return journal.state !== 'absent' || /in memory/.test(journal.detail);
	}
	return !withoutJournal.has(valueOf(readings.identity)?.os.id ?? '');
}
