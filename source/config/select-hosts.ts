/** Picks the hosts typed on the command line, each with what the other sources know of it. */
import type {Host, HostKey, HostTarget} from '../model/host.ts';
import {UserError} from '../model/user-error.ts';
import {closestWord} from '../support/closest-word.ts';
import {quoteWord} from '../support/quote-word.ts';
import type {Config} from './config.ts';
import {nameOfTarget} from './declared-host.ts';
import {maxRangeHosts} from './expand-host-range.ts';
import {formatHostKey} from './host-key.ts';
import {matchesHostPattern} from './match-host-pattern.ts';
import {parseHostExpression} from './parse-host-expression.ts';

/**
 * Hosts in the order typed, none twice. A name without user and port means what the configuration calls so, then what
 * the other sources do, then whatever `ssh` makes of it; `@group` means all hosts of a group that are not excluded.
 * Throws `UserError` on bad hosts and unknown groups.
 */
export function selectHosts(hostArguments: readonly string[], known: readonly Host[], config: Config): readonly Host[] {
	const index = indexHosts(known);
	const selected = new Map<HostKey, Host>();
	for (const argument of hostArguments) {
		const source = {kind: 'command-line', detail: argument} as const;
		for (const host of findHosts(argument, index, config)) {
			const earlier = selected.get(host.key) ?? host;
			const typed = earlier.sources.filter(({kind}) => kind === 'command-line');
			const others = earlier.sources.filter(({kind}) => kind !== 'command-line');
			const isNew = !typed.some(({detail}) => detail === argument);
			selected.set(host.key, {...earlier, sources: [...typed, ...(isNew ? [source] : []), ...others]});
		}
		if (selected.size > maxRangeHosts) throw new UserError(`these are more than ${maxRangeHosts} hosts`);
	}
	return [...selected.values()];
}

/** True when a pattern of `exclude:` matches the host's name, its destination or `user@destination`. */
export function isExcluded(host: Host, patterns: readonly string[]): boolean {
	const names = [host.name];
	if (host.target.kind === 'ssh') {
		const {destination, user} = host.target;
		names.push(destination, ...(user === undefined ? [] : [`${user}@${destination}`]));
	}
	return patterns.some((pattern) => names.some((name) => matchesHostPattern(pattern, name)));
}

type HostIndex = {
	readonly all: readonly Host[];
	readonly byKey: ReadonlyMap<HostKey, Host>;
	/** By name and by destination. */
	readonly byWord: ReadonlyMap<string, readonly Host[]>;
};

function indexHosts(known: readonly Host[]): HostIndex {
	const byWord = new Map<string, Host[]>();
	for (const host of known) {
		for (const word of new Set([host.name, nameOfTarget(host.target)])) {
			const hosts = byWord.get(word);
			if (hosts === undefined) byWord.set(word, [host]);
			else hosts.push(host);
		}
	}
	return {all: known, byKey: new Map(known.map((host) => [host.key, host])), byWord};
}

function findHosts(argument: string, index: HostIndex, config: Config): readonly Host[] {
	if (argument.startsWith('@')) return findGroup(argument.slice(1), index.all, config);
	// A name given in the configuration may hold what no host name can, such as a space.
	const named = index.byWord.get(argument)?.filter(({name}) => name === argument) ?? [];
	if (named.some(isConfigured)) return named.filter(isConfigured);
	const {targets, engineSocket} = parseHostExpression(argument);
	const found = targets.flatMap((target) => findTarget(target, index, config));
	return engineSocket === undefined ? found : found.map((host) => ({...host, engineSocket}));
}

function findTarget(target: HostTarget, index: HostIndex, config: Config): readonly Host[] {
	const key = formatHostKey(target);
	const exact = index.byKey.get(key);
	if (target.kind === 'ssh' && target.user === undefined && target.port === undefined) {
		const matching = index.byWord.get(target.destination) ?? [];
		const configured = matching.filter(isConfigured);
		if (configured.length > 0) return configured;
		if (exact === undefined && matching.length > 0) return matching;
	}
	if (exact !== undefined) return [exact];
	const {sudo} = config;
	return [{key, name: nameOfTarget(target), target, sources: [], labels: {}, groups: [], sudo, demo: false}];
}

function findGroup(group: string, known: readonly Host[], config: Config): readonly Host[] {
	const members = known.filter((host) => host.groups.includes(group));
	if (members.length === 0) {
		const groups = [...new Set(known.flatMap((host) => host.groups))].sort();
		const meant = closestWord(group, groups);
		throw new UserError(`no host is in the group ${quoteWord(group)}`, describeGroups(meant, groups));
	}
	return members.filter((host) => !isExcluded(host, config.exclude));
}

function describeGroups(meant: string | null, groups: readonly string[]): string {
	if (meant !== null) return `Did you mean @${meant}?`;
	if (groups.length === 0) return 'Give hosts groups in the configuration: {host: web-01, groups: [web]}.';
	return `Known groups: ${groups.slice(0, 20).join(', ')}.`;
}

function isConfigured(host: Host): boolean {
	return host.sources.some(({kind}) => kind === 'config');
}
