/** Asks a host about its engine's directories and says why there is no answer, where there is none. */
import type {SudoPolicy} from '../model/host.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {diskCommand, measureSeconds, type DiskQuestion} from './disk-script.ts';
import {runCommand} from './run-command.ts';

export type DiskAccess = {
	readonly transport: Transport;
	readonly sudo: SudoPolicy;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

export type DiskAnswer = {
	/** Raw lines; parsers sanitise what they keep. */
	readonly lines: readonly string[];
	/** `du` was stopped before its end, or could not look everywhere: what is missing is unknown. */
	readonly isPartial: boolean;
};

const answerLimitBytes = 8 * 1024 * 1024;
const findMs = 30_000;
/** The program on the host stops first. */
const measureMs = (measureSeconds + 10) * 1000;

/** Rejects with `ReadingError`, or with the signal's reason. */
export async function askDisk(
	access: DiskAccess,
	question: DiskQuestion,
	paths: readonly string[],
): Promise<DiskAnswer> {
	const isMeasure = question === 'measure' || question === 'root-directories';
	const outcome = await runCommand(access.transport, diskCommand(access.sudo, question, paths), {
		...access,
		timeoutMs: isMeasure ? measureMs : findMs,
		maxBytes: answerLimitBytes,
	});
	if (outcome.kind === 'refused' || outcome.kind === 'lost') throw new ReadingError(outcome.kind, outcome.detail);
	if (outcome.kind === 'timeout') {
		throw new ReadingError('timeout', 'the host did not list the files within its time: its disk may hang');
	}
	if (outcome.truncated) throw new ReadingError('malformed', 'the host listed more files than can be taken');
	const lines = outcome.stdout.split('\n').filter((line) => line !== '');
	const isUsable = lines.length > 0 && (isMeasure || hasOnlyMissed(outcome.stderr));
	if (outcome.code !== 0 && !isUsable) throw classifyTrouble(outcome.stderr, access.sudo);
	return {lines, isPartial: outcome.code !== 0};
}

/** Files go while they are listed; whatever else went wrong would leave the list incomplete. */
function hasOnlyMissed(stderr: string): boolean {
	return stderr.split('\n').every((line) => line.trim() === '' || /no such file/i.test(line));
}

function classifyTrouble(stderr: string, sudo: SudoPolicy): ReadingError {
	const words = sanitiseLine(stderr.trim(), 300);
	if (/^sudo: |permission denied|not permitted/im.test(stderr)) {
		const way = sudo === 'never' ? 'sudo is not to be used for this host' : 'sudo -n did not help';
		return new ReadingError(
			'not-permitted',
			`this account may not look into the engine's directories and ${way}; the sudoers line \`ACCOUNT ALL=(root) NOPASSWD: ALL\` grants it`,
		);
	}
	if (/no such file/i.test(stderr)) return new ReadingError('not-found', words);
	return new ReadingError('unsupported', words === '' ? 'the host gave no answer' : words);
}
