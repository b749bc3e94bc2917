/** Asks the host's shell about a socket that could not be opened, because sshd does not say why it refused. */
import type {Transport} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {shellQuote} from '../support/shell-quote.ts';
import type {EngineFault} from './engine-fault.ts';
import type {EngineRoute} from './engine-route.ts';

export type SocketState = 'usable' | 'missing' | 'forbidden' | 'unknown';

const statesByExit: Readonly<Record<number, SocketState>> = {0: 'usable', 3: 'missing', 4: 'forbidden'};

/** Never rejects; `unknown` where the shell cannot be asked within 5 s or need not be. */
export async function testSocket(
	{transport, clock, signal}: {readonly transport: Transport; readonly clock: Clock; readonly signal: AbortSignal},
	route: EngineRoute,
	fault: EngineFault,
): Promise<SocketState> {
	if (route.kind !== 'socket' || fault.kind === 'timeout' || fault.kind === 'http') return 'unknown';
	const script = 'test -S "$1" || exit 3; test -w "$1" || exit 4';
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
