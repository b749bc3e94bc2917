/** Resolves targets as `ssh` would, a few at a time, and remembers each answer for a minute. */
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import {createLimiter} from '../../support/limiter.ts';
import {untilAborted} from '../until-aborted.ts';
import {checkDestination} from './check-destination.ts';
import {readLocalAccount} from './local-account.ts';
import {mapSshSettings} from './map-ssh-settings.ts';
import {readConfigFiles} from './read-config-files.ts';
import {readSshDump} from './read-ssh-dump.ts';

export type Resolve = (target: SshTarget, signal?: AbortSignal) => Promise<ResolvedTarget>;

/** Processes at a time: 3.4 ms a host at 4 to 8, no better beyond (TRANSPORT measurements on 2 cores). */
const concurrency = 6;
/** Short enough that an edited configuration counts at the next attempt but one. */
const rememberedMs = 60_000;

export function createResolver(options: {
	readonly configFile?: string | undefined;
	readonly env: NodeJS.ProcessEnv;
	readonly clock: Clock;
}): Resolve {
	const limiter = createLimiter(concurrency);
	const account = readLocalAccount();
	const known = new Map<string, {readonly until: number; readonly resolved: Promise<ResolvedTarget>}>();

	const readSettings = async (target: SshTarget): Promise<ResolvedTarget> => {
		const dumped = await limiter.run(() => readSshDump(target, options));
		if (dumped !== null) return {...mapSshSettings(dumped, target, account, options.env), target};
		const {homeDirectory} = account;
		const settings = await readConfigFiles(target, {configFile: options.configFile, homeDirectory});
		return mapSshSettings(settings, target, account, options.env);
	};

	return async (target, signal) => {
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
}
