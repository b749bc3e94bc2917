/** Refuses targets that a program called on their behalf could take for something else than a host's name. */
import {LadderError} from '../../model/ladder-error.ts';
import type {SshTarget} from '../../model/host.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

const controls = /[\u0000-\u0020\u007F-\u009F]/;

/** Throws a `LadderError` at rung `resolve` for names that start with `-` or hold control characters or spaces. */
export function checkDestination(target: SshTarget): void {
	const suspicious = [target.destination, target.user ?? 'root'].find(
		(word) => word === '' || word.startsWith('-') || controls.test(word),
	);
	if (suspicious !== undefined)
		throw refused(`not a host or user name: ${JSON.stringify(sanitiseLine(suspicious, 80))}`);
	if (target.port !== undefined && !isPort(target.port)) throw refused(`not a port number: ${target.port}`);
}

export function isPort(port: number): boolean {
	return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function refused(summary: string): LadderError {
	return new LadderError({
		rung: 'resolve',
		code: 'bad-configuration',
		summary,
		advice: 'Correct the name where the host is declared: names start with a letter or digit and hold no spaces.',
		retry: 'never',
	});
}
