/** Answers what needs no hosts, hands the rest to the main program, and turns errors into words and exit codes. */
import {UserError} from '../model/user-error.ts';
import {formatHelp} from './format-help.ts';
import type {MainInvocation} from './invocation.ts';
import {parseArguments} from './parse-arguments.ts';
import {version} from './version.ts';

export type Main = (invocation: MainInvocation) => Promise<number>;

export type RunOptions = {
	/** Arguments after the program's name. */
	readonly argv: readonly string[];
	/** Loads the main program: asked only when there is something for it to do. */
	readonly loadMain: () => Promise<{readonly main: Main}>;
	readonly writeOut: (text: string) => void;
	readonly writeError: (text: string) => void;
};

/** `EX_USAGE` and `EX_SOFTWARE` of sysexits.h. */
export const usageExitCode = 64;
export const internalErrorExitCode = 70;

/** The exit code; never rejects. */
export async function run({argv, loadMain, writeOut, writeError}: RunOptions): Promise<number> {
	try {
		const invocation = parseArguments(argv);
		switch (invocation.kind) {
			case 'help':
				writeOut(formatHelp(invocation.topic));
				return 0;
			case 'version':
				writeOut(`${version}\n`);
				return 0;
			default: {
				const {main} = await loadMain();
				return await main(invocation);
			}
		}
	} catch (error) {
		writeError(formatError(error));
		return error instanceof UserError ? usageExitCode : internalErrorExitCode;
	}
}

function formatError(error: unknown): string {
	if (error instanceof UserError) {
		return `sickbay: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`;
	}
	return `sickbay: an error of Sickbay itself, please report it\n${formatStack(error)}\n`;
}

/** Stacks of the error and its causes, a few at most: a chain of causes may be a ring. */
function formatStack(error: unknown, depth = 0): string {
	if (!(error instanceof Error)) return String(error);
	const stack = error.stack ?? error.message;
	return error.cause === undefined || depth >= 5
		? stack
		: `${stack}\ncaused by: ${formatStack(error.cause, depth + 1)}`;
}
