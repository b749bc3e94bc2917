/** Says why the probe could not be started, from what the host printed instead of an answer. */
import {LadderError} from '../model/ladder-error.ts';
import {ReadingError} from '../model/reading-error.ts';
import {TransportError, type CommandExit} from '../model/transport.ts';
import {sanitiseLines} from '../support/sanitise.ts';

/** What the host said and how the command ended; the text is not sanitised yet. */
export type ShellEvidence = {
	readonly strayText: string;
	readonly stderr: string;
	readonly exit: CommandExit | null;
};

/** The first lines of what came instead of an answer, and of stderr, become the detail; other errors are rethrown. */
export function classifyShellFailure(error: unknown, evidence: ShellEvidence | null): LadderError {
	if (error instanceof TransportError) return fromTransport(error);
	if (!(error instanceof ReadingError) || !evidence) throw error;
	const detail = [...sanitiseLines(evidence.strayText, 5, 300), ...sanitiseLines(evidence.stderr, 5, 300)];
	if (error.failure.code === 'timeout') {
		return new LadderError(
			{
				rung: 'shell',
				code: 'no-answer',
				summary: 'shell does not answer',
				detail,
				advice: 'Log in by hand: a login script may wait for a network home directory or for input.',
				retry: 'slowly',
			},
			{cause: error},
		);
	}
	return noShell([...detail, ...describeExit(evidence.exit)], error);
}

function describeExit(exit: CommandExit | null): string[] {
	if (!exit) return [];
	if (exit.signal) return [`ended by signal ${exit.signal}`];
	return exit.code === null ? [] : [`exit status ${exit.code}`];
}

function noShell(detail: readonly string[], cause: Error): LadderError {
	return new LadderError(
		{
			rung: 'shell',
			code: 'no-shell',
			summary: 'no shell: the account cannot run commands',
			detail,
			advice: 'Give the account a login shell without ForceCommand, or name another account for this host.',
			retry: 'slowly',
		},
		{cause},
	);
}

function fromTransport(error: TransportError): LadderError {
	const detail = sanitiseLines(error.message, 5, 300);
	if (error.code === 'refused' || error.code === 'unsupported') return noShell(detail, error);
	const exhausted = error.code === 'sessions-exhausted';
	return new LadderError(
		{
			rung: 'shell',
			code: exhausted ? 'sessions-exhausted' : 'lost',
			summary: exhausted ? 'no session left on the connection' : 'connection lost before the shell answered',
			detail,
			advice: exhausted ? 'Raise MaxSessions in sshd_config on the host (10 is its default).' : 'It is tried again.',
			retry: exhausted ? 'slowly' : 'soon',
		},
		{cause: error},
	);
}
