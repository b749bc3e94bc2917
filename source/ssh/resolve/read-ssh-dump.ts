/** Asks the installed `ssh` what it would do for a target: `ssh -G`, which connects to nothing. */
import {execa} from 'execa';
import type {SshTarget} from '../../model/host.ts';
import {LadderError} from '../../model/ladder-error.ts';
import {sanitiseLines} from '../../support/sanitise.ts';
import {parseSshDump, type SshSettings} from './parse-ssh-dump.ts';

export type DumpOptions = {
	/** As `ssh -F`. */
	readonly configFile?: string | undefined;
	readonly env: NodeJS.ProcessEnv;
};

const timeoutMs = 10_000;
const outputLimitBytes = 256 * 1024;

/**
 * Settings for the target, or null when no `ssh` program is installed. Rejects with a `LadderError` at rung `resolve`
 * carrying the program's own words when it refuses its configuration (exit 255).
 */
export async function readSshDump(target: SshTarget, options: DumpOptions): Promise<SshSettings | null> {
	const result = await execa('ssh', dumpArguments(target, options.configFile), {
		env: options.env,
		extendEnv: false,
		stdin: 'ignore',
		timeout: timeoutMs,
		maxBuffer: outputLimitBytes,
		reject: false,
	});
	if (result.exitCode === 0) return parseSshDump(result.stdout);
	if (result.code === 'ENOENT') return null;
	const lines = sanitiseLines(result.stderr ?? '', 10, 300).filter((line) => !line.startsWith('Pseudo-terminal'));
	throw new LadderError(
		{
			rung: 'resolve',
			code: 'bad-configuration',
			summary: result.timedOut
				? `ssh -G gave no answer in ${timeoutMs / 1000} s`
				: `SSH configuration: ${lines[0] ?? `ssh -G ended with ${result.exitCode ?? result.signal ?? 'an error'}`}`,
			detail: lines,
			advice: 'Correct the SSH configuration, then refresh: `ssh -G` with the same host shows the same message.',
			retry: 'never',
		},
		{cause: result},
	);
}

export function dumpArguments(target: SshTarget, configFile: string | undefined): readonly string[] {
	return [
		'-G',
		...(configFile === undefined ? [] : ['-F', configFile]),
		...(target.port === undefined ? [] : ['-p', String(target.port)]),
		...(target.user === undefined ? [] : ['-l', target.user]),
		'--',
		target.destination,
	];
}
