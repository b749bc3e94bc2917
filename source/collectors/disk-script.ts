/**
 * The programs that look into the engine's directories on a host: plain POSIX `sh` with `find`, `stat`, `du` and `grep` as GNU
 * and busybox have them, one line, safe inside single quotes under every login shell. They only read. The engine's root is
 * closed to ordinary accounts, so each runs through `sudo -n` for those, where sudo may be tried at all.
 */
import type {SudoPolicy} from '../model/host.ts';
import {diskName} from '../model/probe-protocol.ts';
import {shellQuote} from '../support/shell-quote.ts';

export type DiskQuestion = 'log-files' | 'root-directories' | 'layer-directories' | 'measure';

/** `du` is given up after this, by a program on the host: closing the channel would leave it running. */
export const measureSeconds = 60;

const preamble = [
	'LC_ALL=C',
	'PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin',
	'export LC_ALL PATH',
	'P=$1; Q=$2; shift 2; R=$1',
	'S=; [ "$(id -u)" = 0 ] || [ "$P" = never ] || S="sudo -n"',
];

/** Old busybox wants `-t` before the seconds, and may lack `nice`; without any `timeout` nothing is measured, because nothing would end it. */
const bounded = `T="timeout ${measureSeconds}"; $T true 2>/dev/null || T="timeout -t ${measureSeconds}"; $T true 2>/dev/null || { echo "no timeout program" >&2; exit 69; }; N="nice -n 19"; $N true 2>/dev/null || N=`;

const questions: Readonly<Record<DiskQuestion, string>> = {
	'log-files':
		'exec $S find "$R/containers" -mindepth 2 -maxdepth 3 -type f "(" -name "*-json.log*" -o -name "container.log*" ")" -exec stat -c "%s %n" "{}" +',
	'root-directories': `${bounded}; $S find "$R" -mindepth 1 -maxdepth 1 -type d -exec stat -c "dir %n" "{}" + || exit; echo du; exec $S $T $N du -xk -d 1 "$R"`,
	'layer-directories':
		'$S find "$R/overlay2" -mindepth 1 -maxdepth 1 -type d -exec stat -c "dir %n" "{}" + || exit; exec $S find "$R/image/overlay2/layerdb" -mindepth 3 -maxdepth 3 "(" -name cache-id -o -name mount-id -o -name init-id ")" -exec grep -H "" "{}" +',
	measure: `${bounded}; exec $S $T $N du -xks -- "$@"`,
};

const branches = Object.entries(questions).map(([name, program]) => `${name}) ${program};;`);

const script = [...preamble, `case $Q in ${branches.join(' ')} esac`].join('; ');

/** The command line that answers the question about these absolute paths. */
export function diskCommand(sudo: SudoPolicy, question: DiskQuestion, paths: readonly string[]): string {
	return `exec sh -c '${script}' ${[diskName, sudo, question, ...paths].map(shellQuote).join(' ')}`;
}
