/** Resolves targets as `ssh` would and remembers each answer for a minute. */
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {untilAborted} from '../until-aborted.ts';
import {checkDestination} from './check-destination.ts';
import {readLocalAccount} from './local-account.ts';
import {mapSshSettings} from './map-ssh-settings.ts';
import {readConfigFiles} from './read-config-files.ts';
import {rememberSettings} from '../settings-cache/remember-settings.ts';
import {createDumpReader} from './read-ssh-dumps.ts';

export type Resolve = (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;

export type Resolver = {
	readonly resolve: Resolve;
	/** Resolves when what `ssh -G` said so far is written to the cache, or will not be. */
	kept(): Promise<void>;
};

/** Short enough that an edited configuration counts at the next attempt but one. */
const rememberedMs = 60_000;

export function createResolver(options: {
	readonly configFile?: string | undefined;
	readonly env: NodeJS.ProcessEnv;
	readonly clock: Clock;
	/** Where answers of `ssh -G` are kept from one run to the next; absent: nowhere. */
	readonly cacheDirectory?: string | undefined;
}): Resolver {
	const {configFile, env, clock, cacheDirectory: directory} = options;
	const account = readLocalAccount();
	const ask = createDumpReader(options);
	const {read: readDump, kept} =
		directory === undefined
			? {read: ask, kept: () => Promise.resolve()}
			: rememberSettings({ask, directory, configFile, env, account, clock});
	const known = new Map<string, {readonly until: number; readonly resolved: Promise<ResolvedTarget>}>();

	const readSettings = async (target: SshTarget): Promise<ResolvedTarget> => {
		const dumped = await readDump(target);
		if (dumped !== null) return {...mapSshSettings(dumped, target, account, options.env), target};
		const {homeDirectory} = account;
		const settings = await readConfigFiles(target, {configFile: options.configFile, homeDirectory});
		return mapSshSettings(settings, target, account, options.env);
	};

	const resolve: Resolve = async (target, signal) => {
		signal?.throwIfAborted();
		checkDestination(target);
		const key = JSON.stringify([target.destination, target.user, target.port, target.identityFiles, target.transport]);
		const remembered = known.get(key);
		if (remembered !== undefined && options.clock.now() < remembered.until) {
			return untilAborted(remembered.resolved, signal);
		}
		// One caller's abort must not fail the others who share the answer, so the reading itself takes no signal.
		const resolved = readSettings(target);
		known.set(key, {until: options.clock.now() + rememberedMs, resolved});
		resolved.catch(() => known.delete(key));
		return untilAborted(resolved, signal);
	};
	return {resolve, kept};
}
