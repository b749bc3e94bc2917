/** `sickbay prune`: plans each host as it answers, asks once for all where a person is there, and runs what was confirmed. */
import type {PruneInvocation} from '../cli/invocation.ts';
import {version} from '../cli/version.ts';
import {loadConfig} from '../config/load-config.ts';
import {UserError} from '../model/user-error.ts';
import {exitCodeOfPrune} from '../report/exit-code-of-prune.ts';
import {formatPruneJson} from '../report/format-prune-json.ts';
import {formatHostPruneText, formatPruneTotals} from '../report/format-prune-text.ts';
import type {HostPrune} from '../report/host-prune.ts';
import {systemClock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {formatPlural} from '../support/format.ts';
import {hasTerminal} from './answer-on-terminal.ts';
import {askSecret} from './ask-secret.ts';
import {onEndingSignal} from './ending-signals.ts';
import {openFleet} from './open-fleet.ts';
import {printLine} from './print.ts';
import {createPruneHosts, type PreparedHost, type PruneHosts} from './prune-hosts.ts';
import {settleCoalesceMs} from './settle-fleet.ts';

/** Hosts whose objects are removed at the same time. */
const hostsAtOnce = 8;

/** Answers with the exit code: 0 done, 1 kept as in use since, 2 failures, 3 unknown or unreachable; 128 + n after a signal. */
export async function runPruneCommand(invocation: PruneInvocation): Promise<number> {
	await refuseUnlessAllowed(invocation);
	const fleet = await openFleet(invocation, systemClock, {place: 'terminal', coalesceMs: settleCoalesceMs});
	const stop = new AbortController();
	let endedBy: number | null = null;
	const stopListening = onEndingSignal((exitCode) => {
		endedBy = exitCode;
		stop.abort();
	});
	const hosts = createPruneHosts({fleet, invocation, clock: systemClock, signal: stop.signal});
	try {
		const done = invocation.mode === 'ask' ? await runAsked(hosts, stop.signal) : await runAll(hosts, invocation);
		await printEnd(done, invocation, fleet.demo);
		return endedBy ?? exitCodeOfPrune(done);
	} finally {
		stopListening();
		await hosts.close();
		await fleet.close();
	}
}

async function refuseUnlessAllowed(invocation: PruneInvocation): Promise<void> {
	const {configFile, readOnly, mode, format} = invocation;
	const config = await loadConfig({...(configFile === null ? {} : {path: configFile}), env: process.env});
	if (readOnly || config.readOnly) {
		throw new UserError(
			'there is no "prune" while Sickbay is read-only',
			readOnly ? 'Leave out --read-only.' : `${config.file} says readOnly: true.`,
		);
	}
	if (mode === 'ask' && (format === 'json' || !hasTerminal())) {
		throw new UserError(
			'there is no terminal to ask for a confirmation on',
			'Look at the plan with --dry-run, then run it with --yes.',
		);
	}
}

/** Each host on its own: planned, run unless it is a dry run, and told of at once. */
async function runAll(hosts: PruneHosts, {mode, format}: PruneInvocation): Promise<readonly HostPrune[]> {
	const inTurn = createLimiter(hostsAtOnce);
	const done: HostPrune[] = [];
	await Promise.all(
		hosts.keys.map(async (key) => {
			const prepared = await hosts.prepare(key);
			const isRun = mode === 'yes' && prepared.run !== null;
			const host = isRun ? await inTurn.run(prepared.run) : prepared.host;
			done.push(host);
			if (format === 'text') await printHost(host);
		}),
	);
	return done;
}

/** Nothing is removed before all plans were shown and the word was typed. */
async function runAsked(hosts: PruneHosts, signal: AbortSignal): Promise<readonly HostPrune[]> {
	const prepared = await Promise.all(
		hosts.keys.map(async (key): Promise<PreparedHost> => {
			const one = await hosts.prepare(key);
			await printHost(one.host);
			return one;
		}),
	);
	const planned = prepared.map(({host}) => host);
	const items = planned.reduce((sum, host) => sum + ('plan' in host ? host.plan.items.length : 0), 0);
	if (items === 0 || signal.aborted) return planned;
	await printLine(formatPruneTotals(planned, columnsNow()));
	const question = `Type yes to remove ${formatPlural(items, 'object')}: `;
	if ((await askSecret(question, {echo: true, signal}))?.trim() !== 'yes') {
		await printLine('Nothing was removed.');
		return planned;
	}
	const inTurn = createLimiter(hostsAtOnce);
	return await Promise.all(
		prepared.map(async ({host, run}) => {
			if (run === null) return host;
			const done = await inTurn.run(run);
			await printHost(done);
			return done;
		}),
	);
}

async function printHost(host: HostPrune): Promise<void> {
	if (host.kind !== 'merged') await printLine(formatHostPruneText(host, columnsNow()));
}

async function printEnd(done: readonly HostPrune[], {mode, format}: PruneInvocation, demo: boolean): Promise<void> {
	const options = {now: systemClock.now(), version, demo, dryRun: mode === 'dry-run'};
	await printLine(format === 'json' ? formatPruneJson(done, options) : formatPruneTotals(done, columnsNow()));
}

function columnsNow(): number {
	return process.stdout.isTTY ? process.stdout.columns : 80;
}
