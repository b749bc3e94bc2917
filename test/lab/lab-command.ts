/** Runs the machine's own programs for the lab; a program that fails throws with its command line and stderr. */
import {execa} from 'execa';

export type RunOptions = {
	/** Written to the program's standard input. */
	readonly input?: string | Uint8Array;
	/** A file to read the standard input from instead. */
	readonly inputFile?: string;
	readonly timeoutMs?: number;
};

/** Standard output of a program, without its last newline. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
	const {stdout} = await execa(program, args, {
		timeout: options.timeoutMs ?? 60_000,
		stdin: options.input === undefined && options.inputFile === undefined ? 'ignore' : 'pipe',
		...(options.input === undefined ? {} : {input: options.input}),
		...(options.inputFile === undefined ? {} : {inputFile: options.inputFile}),
	});
	return stdout;
}

/** The same, but a program that fails counts as done: for undoing what may not be there. */
export async function tryRun(program: string, args: readonly string[]): Promise<void> {
	await execa(program, args, {timeout: 60_000, stdin: 'ignore', reject: false});
}
