/** The command a person would type to reach a host the way Sickbay does. */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {shellQuote} from '../../support/shell-quote.ts';

/** `ssh -F config -p 2222 web-07` */
export function connectCommandOf(resolved: ResolvedTarget, configFile: string | undefined): string {
	return [
		'ssh',
		...(configFile === undefined ? [] : ['-F', shellQuote(configFile)]),
		...(resolved.port === 22 ? [] : ['-p', String(resolved.port)]),
		shellQuote(resolved.destination),
	].join(' ');
}
