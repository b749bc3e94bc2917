/** Reads which algorithms an SSH configuration allows: `ssh -G` prints its lists in full, defaults included. */
import type {AllowedAlgorithms} from '../../model/resolved-target.ts';
import type {SshSettings} from './parse-ssh-dump.ts';

export function parseAllowedAlgorithms(settings: SshSettings): AllowedAlgorithms {
	const keyExchanges = parseList(settings, 'kexalgorithms');
	const ciphers = parseList(settings, 'ciphers');
	const macs = parseList(settings, 'macs');
	const hostKeys = parseList(settings, 'hostkeyalgorithms');
	return {
		...(keyExchanges === null ? {} : {keyExchanges}),
		...(ciphers === null ? {} : {ciphers}),
		...(macs === null ? {} : {macs}),
		...(hostKeys === null ? {} : {hostKeys}),
	};
}

/** Null for a list that changes the defaults (`+`, `-`, `^`), which only ssh itself knows, or holds patterns. */
function parseList(settings: SshSettings, keyword: string): readonly string[] | null {
	const value = settings.get(keyword)?.[0] ?? '';
	return value === '' || /^[+^-]|[*?]/.test(value) ? null : value.split(',');
}
