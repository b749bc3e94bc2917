/** The reason shown when a connection that was up went away. */
import {LadderError} from '../model/ladder-error.ts';

export function lostConnection(message: string): LadderError {
	return new LadderError({
		rung: 'tcp',
		code: 'lost',
		summary: `connection lost: ${message}`,
		advice: 'Sickbay reconnects by itself; if the host stays away, look at it from its console.',
		retry: 'soon',
	});
}
