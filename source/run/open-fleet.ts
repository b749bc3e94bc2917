/** Puts together what every command needs: the hosts, a store of what they say, and the sessions that fill it. */
import type {FleetChoice} from '../cli/invocation.ts';
import {collectFleet} from '../config/collect-fleet.ts';
import type {Config} from '../config/config.ts';
import {findCacheDirectory} from '../config/find-cache-directory.ts';
import {loadConfig} from '../config/load-config.ts';
import type {HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import {createFleetFold, emptyFleet} from '../fleet/reduce-fleet.ts';
import {createFleetStore, type FleetStore} from '../fleet/store.ts';
import type {AttentionDesk} from '../model/attention.ts';
import type {Host} from '../model/host.ts';
import {UserError} from '../model/user-error.ts';
import {createFindHostEvidence, createReachHost} from '../session/reach-host.ts';
import {superviseFleet, type FleetSupervisor} from '../session/supervise-fleet.ts';
import {createSshConnector, type SshConnector} from '../ssh/ssh-connector.ts';
import type {Clock} from '../support/clock.ts';
import {quoteWord} from '../support/quote-word.ts';
import {chooseCatalogue} from './choose-catalogue.ts';
import {acceptHostKeys} from './accept-host-keys.ts';
import {answerOnTerminal, hasTerminal} from './answer-on-terminal.ts';
import {createAttentionDesk, type AskingDesk} from './attention-desk.ts';
import {exitOnSignalDuring} from './ending-signals.ts';
import {unlockKeys} from './unlock-keys.ts';

export type OpenFleet = {
	readonly hosts: readonly Host[];
	readonly config: Config;
	readonly store: FleetStore;
	readonly supervisor: FleetSupervisor;
	readonly demo: boolean;
	/** What hosts ask the person. */
	readonly attention: AttentionDesk;
	/** Trusts these keys and reaches their hosts again; resolves with what went wrong, in words, or null. */
	acceptHostKeys(reviews: readonly HostKeyReview[]): Promise<string | null>;
	/** Ends all sessions and closes all connections. */
	close(): Promise<void>;
};

export type OpenFleetOptions = {
	/** Where hosts' questions are put: on the screen, or on the terminal the program was started from, if there is one. */
	readonly place: 'screen' | 'terminal';
	/** How long changes are gathered before a listener hears of them; each time costs a screen a layout. Default 100. */
	readonly coalesceMs?: number;
	/** Asks `ssh -G` for every host instead of using what it said in an earlier run. */
	readonly asksSshAnew?: boolean;
};

const screenCoalesceMs = 100;

/** Rejects with `UserError` when the configuration is wrong or there is no host to look at. */
export function openFleet(choice: FleetChoice, clock: Clock, options: OpenFleetOptions): Promise<OpenFleet> {
	return exitOnSignalDuring(() => open(choice, clock, options));
}

async function open(
	choice: FleetChoice,
	clock: Clock,
	{place, coalesceMs = screenCoalesceMs, asksSshAnew = false}: OpenFleetOptions,
): Promise<OpenFleet> {
	const {env} = process;
	const attention = createAttentionDesk();
	const asker = hasTerminal() ? attention : null;
	const config = await loadConfig({...(choice.configFile === null ? {} : {path: choice.configFile}), env});
	const far =
		choice.demoSize === null
			? await ownFleet(choice, config, clock, {asker, cacheDirectory: asksSshAnew ? null : findCacheDirectory(env)})
			: await demoFleet(choice.demoSize, choice, clock);
	const store = createFleetStore(
		emptyFleet,
		createFleetFold(chooseCatalogue(config.signatures, config.file)),
		clock,
		coalesceMs,
	);
	const stopAnswering = place === 'terminal' && asker !== null ? answerOnTerminal(asker, clock) : () => undefined;
	const reach = createReachHost(far.connector);
	const findEvidence = createFindHostEvidence(far.connector);
	const supervisor = superviseFleet({
		hosts: far.hosts,
		reach,
		findEvidence,
		clock,
		dispatch: store.dispatch,
		// A report waits for all it tells; on the screen the present comes first.
		...(place === 'terminal' ? {bootsRestMs: 0} : {}),
	});
	return {
		hosts: far.hosts,
		config,
		store,
		supervisor,
		demo: choice.demoSize !== null,
		attention,
		acceptHostKeys: (reviews) => acceptHostKeys(reviews, far.connector, supervisor),
		close: () =>
			exitOnSignalDuring(async () => {
				stopAnswering();
				await supervisor.close();
				store.close();
				await far.close();
			}),
	};
}

type FarSide = {readonly hosts: readonly Host[]; readonly connector: SshConnector; close(): Promise<void>};

async function ownFleet(
	choice: FleetChoice,
	config: Config,
	clock: Clock,
	{asker, cacheDirectory}: {readonly asker: AskingDesk | null; readonly cacheDirectory: string | null},
): Promise<FarSide> {
	const {env} = process;
	const sshConfigFile = choice.sshConfigFile ?? config.ssh.configFile;
	const hosts = await collectFleet({
		hostArguments: choice.hosts,
		config,
		...(sshConfigFile === null ? {} : {sshConfigFile}),
		...(choice.noSudo ? {sudo: 'never' as const} : {}),
		env,
	});
	if (hosts.length === 0) {
		throw new UserError(
			'there is no host to look at: none given, none in the configuration, none in the SSH configuration, no local engine',
			'Name some (sickbay user@host web-[01-40]) or look around first: sickbay --demo',
		);
	}
	forgetOwnEngine(env);
	const connector = createSshConnector({
		...(sshConfigFile === null ? {} : {configFile: sshConfigFile}),
		...(asker === null ? {} : {ask: asker.ask, tell: asker.tell}),
		...(cacheDirectory === null ? {} : {cacheDirectory}),
		clock,
		env,
	});
	await unlockKeys(hosts, connector);
	return {hosts, connector, close: () => connector.kept()};
}

/** The engine client reads these of the laptop for every host, though they are meant for the laptop's own engine. */
function forgetOwnEngine(env: NodeJS.ProcessEnv): void {
	for (const name of ['DOCKER_HOST', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY', 'DOCKER_CONTEXT']) delete env[name];
}

async function demoFleet(size: number, choice: FleetChoice, clock: Clock): Promise<FarSide> {
	forgetOwnEngine(process.env);
	const {startDemoFleet} = await import('../demo/start-demo-fleet.ts');
	const fleet = await startDemoFleet({size, clock});
	const names = fleet.hosts.map((host) => host.name);
	const wanted = new Set(choice.hosts);
	const unknown = choice.hosts.find((name) => !names.includes(name));
	if (unknown !== undefined) {
		await fleet.close();
		const some = names.slice(0, 12).join(', ');
		throw new UserError(`the demo fleet has no host ${quoteWord(unknown)}`, `It has ${some}.`);
	}
	const hosts = fleet.hosts.filter((host) => wanted.size === 0 || wanted.has(host.name));
	const connector = createSshConnector({resolve: fleet.resolve, clock, env: process.env});
	return {hosts, connector, close: fleet.close};
}
