/** What actions may use of a host that is connected: its engine and its shell, over the connection that is open. */
import {createFilesystemReader} from '../collectors/filesystems.ts';
import {runCommand} from '../collectors/run-command.ts';
import {readLocalFilesystems} from '../local/read-local-filesystems.ts';
import type {EngineOperator} from '../model/engine-operator.ts';
import type {Host} from '../model/host.ts';
import type {CommandOutcome, HostOperator, RunOptions} from '../model/host-operator.ts';
import {valueOf} from '../model/reading.ts';
import type {Filesystem, HostIdentity} from '../model/readings.ts';
import type {Transport} from '../model/transport.ts';
import type {Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {sanitiseOutput} from '../support/sanitise.ts';
import {shellQuote} from '../support/shell-quote.ts';

export type HostOperatorOptions = {
	readonly host: Host;
	readonly transport: Transport;
	readonly local: boolean;
	/** Null for an account without a shell: it runs nothing. */
	readonly identity: HostIdentity | null;
	readonly engine: () => EngineOperator | null;
	readonly clock: Clock;
	/** Ends with the connection. */
	readonly signal: AbortSignal;
};

export function createHostOperator(options: HostOperatorOptions): HostOperator {
	const {host, transport, local, identity, clock, signal} = options;
	const filesystems = createFilesystemReader(transport, {clock, signal});
	const inTurn = createLimiter(1);
	return {
		hostKey: host.key,
		hostName: host.name,
		bootId: identity?.bootId ?? null,
		isLocal: local,
		get engine() {
			return signal.aborted ? null : options.engine();
		},
		run: (words, run) => runWords(options, words, run),
		readFilesystem: (path, own) =>
			inTurn.run(async () => {
				const roots = {engineRoot: path, containerdRoot: null};
				const found = local
					? await readLocalFilesystems(roots).catch(() => null)
					: identity && valueOf(await filesystems.read(roots));
				return findFilesystem(found ?? [], path);
			}, own),
		ended: transport.closed.then(() => undefined),
	};
}

/** The one asked for carries the role its path was given; a path on the root's file system shares the root's row. */
function findFilesystem(filesystems: readonly Filesystem[], path: string): Filesystem | null {
	const role = path === '/' ? 'root' : 'engine-root';
	return filesystems.find(({roles}) => roles.includes(role)) ?? null;
}

async function runWords(
	{host, transport, identity, clock, signal}: HostOperatorOptions,
	words: readonly string[],
	{sudo, timeoutMs, maxBytes, signal: own, input}: RunOptions,
): Promise<CommandOutcome> {
	own.throwIfAborted();
	if (identity === null) return {kind: 'refused', detail: 'this account gets no shell on the host, only the engine'};
	if (signal.aborted) return {kind: 'refused', detail: 'the connection to the host is gone'};
	const needsSudo = sudo === 'needed' && identity.userId !== 0 && host.sudo !== 'never';
	const commandLine = `exec ${[...(needsSudo ? ['sudo', '-n', '--'] : []), ...words].map(shellQuote).join(' ')}`;
	const bounds = {clock, timeoutMs, maxBytes, ...(input === undefined ? {} : {input})};
	const outcome = await runCommand(transport, commandLine, {...bounds, signal: own});
	return 'stdout' in outcome ? {...outcome, stdout: sanitiseOutput(outcome.stdout)} : outcome;
}
