/**
 * Reads from an SSH configuration file which others it includes, and whether what `ssh` makes of it depends on anything
 * else than files (ssh_config(5)). It does not judge blocks: what stands in one that never matches counts as well.
 */

export type ConfigScan =
	/** `includes`: patterns as written. */
	| {readonly kind: 'steady'; readonly includes: readonly string[]}
	/** What the answer depends on may change while no file does, or the text leaves doubts about that. */
	| {readonly kind: 'unsteady'};

const unsteady: ConfigScan = {kind: 'unsteady'};

/** Criteria of `Match` that only files, the destination and the account decide, and whether a value follows. */
const steadyCriteria: ReadonlyMap<string, boolean> = new Map([
	['all', false],
	['canonical', false],
	['final', false],
	['host', true],
	['originalhost', true],
	['user', true],
	['localuser', true],
	['tagged', true],
]);

/** Their values are for a shell, and `ssh -G` runs none of them; in others, `$` is a variable of the environment. */
const commands: ReadonlySet<string> = new Set(['proxycommand', 'localcommand', 'remotecommand', 'knownhostscommand']);

/** `text` one character per byte. */
export function scanConfigText(text: string): ConfigScan {
	if (text.includes('\0')) return unsteady;
	const includes: string[] = [];
	for (const raw of text.split('\n')) {
		const line = raw.replace(/^[ \t\r]+/, '');
		if (line === '' || line.startsWith('#')) continue;
		const [, keyword = '', value = ''] = /^([A-Za-z0-9]+)(?:[ \t]+=?|=)([^]*)$/.exec(line) ?? [];
		if (keyword === '') return unsteady;
		const name = keyword.toLowerCase();
		if (value.includes('$') && !commands.has(name)) return unsteady;
		if (name.startsWith('canonical') && !isOff(value)) return unsteady;
		if (name === 'match' && !isSteadyMatch(value)) return unsteady;
		if (name !== 'include') continue;
		// Quotes, escapes, tokens, comments and the rarer patterns are left to ssh.
		if (!/^[\w \t\r./~*?@:+,-]+$/.test(value) || value.includes('..')) return unsteady;
		includes.push(...wordsOf(value));
	}
	return {kind: 'steady', includes};
}

/** `Match exec` runs a program, `localnetwork` looks at the network, and newer criteria are not known here. */
function isSteadyMatch(value: string): boolean {
	if (!/^[\w \t\r.*?!,@:+-]+$/.test(value)) return false;
	const words = wordsOf(value);
	while (words.length > 0) {
		const criterion = (words.shift() ?? '').toLowerCase().replace(/^!/, '');
		const takesValue = steadyCriteria.get(criterion);
		if (takesValue === undefined) return false;
		if (takesValue && words.shift() === undefined) return false;
	}
	return true;
}

function isOff(value: string): boolean {
	return ['no', 'none'].includes(wordsOf(value.toLowerCase()).join(' '));
}

function wordsOf(value: string): string[] {
	return value.split(/[ \t\r]+/).filter((word) => word !== '');
}
