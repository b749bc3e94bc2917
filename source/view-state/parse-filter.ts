/**
 * The board's filter language: words that must all match. `host:`, `sev:`, `tag:` and `why:` look at one thing each,
 * `~pattern` is a regular expression over everything, and a plain word is a substring of everything. Case is ignored.
 */
import type {HostState} from '../fleet/fleet-state.ts';
import {selectIsUnreachable} from '../fleet/select-fleet-counts.ts';
import {valueOf} from '../model/reading.ts';

export type Filter =
	{readonly kind: 'ok'; matches(host: HostState): boolean} | {readonly kind: 'bad'; readonly problem: string};

type Test = (host: HostState) => boolean;

export function parseFilter(text: string): Filter {
	const tests: Test[] = [];
	for (const word of text.split(/\s+/)) {
		if (word === '') continue;
		const test = parseWord(word);
		if (typeof test === 'string') return {kind: 'bad', problem: test};
		tests.push(test);
	}
	return {kind: 'ok', matches: (host) => tests.every((test) => test(host))};
}

/** The test a word stands for, or what is wrong with it. */
function parseWord(word: string): Test | string {
	if (word.startsWith('~')) return parsePattern(word.slice(1));
	const colon = word.indexOf(':');
	const wanted = word.slice(colon + 1).toLowerCase();
	switch (colon < 0 ? '' : word.slice(0, colon)) {
		case 'host':
			return (host) => includes([host.host.name, host.address ?? ''], wanted);
		case 'sev':
			return (host) => severityWords(host).some((word) => word.startsWith(wanted));
		case 'tag':
			return (host) => includes(tagsOf(host), wanted);
		case 'why':
			return (host) => includes(whyOf(host), wanted);
		default: {
			const plain = word.toLowerCase();
			return (host) => includes(everythingOf(host), plain);
		}
	}
}

function parsePattern(pattern: string): Test | string {
	try {
		const expression = new RegExp(pattern, 'iu');
		return (host) => everythingOf(host).some((text) => expression.test(text));
	} catch (error) {
		return `not a pattern: ${describeFlaw(error)}`;
	}
}

/** JavaScript repeats the whole expression before it says what is wrong with it. */
function describeFlaw(error: unknown): string {
	const message =
		error instanceof Error ? error.message.replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/s, '') : '';
	return message === '' ? 'it cannot be read' : message.charAt(0).toLowerCase() + message.slice(1);
}

function severityWords(host: HostState): readonly string[] {
	return selectIsUnreachable(host) ? [host.severity, 'unreachable'] : [host.severity];
}

function tagsOf({host}: HostState): readonly string[] {
	return [...host.groups, ...Object.entries(host.labels).map(([name, value]) => `${name}=${value}`)];
}

function whyOf(host: HostState): readonly string[] {
	return host.findings.flatMap((finding) => [finding.summary, finding.id, finding.category, finding.subject]);
}

function everythingOf(host: HostState): readonly string[] {
	const engine = valueOf(host.readings.engine);
	const identity = valueOf(host.readings.identity);
	return [
		host.host.name,
		host.address ?? '',
		...severityWords(host),
		...tagsOf(host),
		...whyOf(host),
		engine === null ? '' : `${engine.product} ${engine.version} ${engine.driver}`,
		identity === null ? '' : `${identity.os.prettyName} ${identity.kernel.release}`,
	];
}

function includes(texts: readonly string[], wanted: string): boolean {
	return texts.some((text) => text.toLowerCase().includes(wanted));
}
