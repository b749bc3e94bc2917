/** Asks the host's shell about a socket that could not be opened, because sshd does not say why it refused. */
import type {Transport} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {shellQuote} from '../support/shell-quote.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineRoute} from './engine-route.ts';

/** `listening`: usable, and a program listens there, so that it was not the host's engine who refused. */
export type SocketState = 'usable' | 'listening' | 'missing' | 'forbidden' | 'unknown';

const statesByExit: Readonly<Record<number, SocketState>> = {
	0: 'usable',
	3: 'missing',
	4: 'forbidden',
	5: 'listening',
};

/** Flags 00010000 in /proc/net/unix (proc(5)) mark a listening socket; /var/run is /run under another name. */
const script = [
	'test -S "$1" || exit 3; test -w "$1" || exit 4; test -r /proc/net/unix || exit 0',
	'case $1 in /var/run/*) r=${1#/var};; *) r=/var$1;; esac',
	'while read -r n c p f t s i w; do case $f$w in "00010000$1"|"00010000$r") exit 5;; esac; done </proc/net/unix; exit 0',
].join('; ');

/** Never rejects; `unknown` where the shell cannot be asked within 5 s or need not be. */
export async function testSocket(
	{transport, clock, signal}: {readonly transport: Transport; readonly clock: Clock; readonly signal: AbortSignal},
	route: EngineRoute,
	fault: EngineFault,
): Promise<SocketState> {
	if (route.kind !== 'socket' || fault.kind === 'timeout' || fault.kind === 'http') return 'unknown';
	try {
		const channel = await transport.exec(`exec sh -c '${script}' sickbay-test ${shellQuote(route.path)}`, signal);
		channel.stream.on('error', () => {}).resume();
		channel.stream.end();
		const exit = await Promise.race([channel.exit, pause(clock, 5000, signal)]);
		channel.close();
		return statesByExit[exit?.code ?? -1] ?? 'unknown';
	} catch {
		return 'unknown';
	}
}
