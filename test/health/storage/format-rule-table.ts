/** The rules about storage as a page of tables, one per group. */
import type {StorageRule} from '../../../source/health/storage/storage-rule.ts';

export function formatRuleTable(groups: Readonly<Record<string, readonly StorageRule[]>>): string {
	const count = Object.values(groups).reduce((sum, rules) => sum + rules.length, 0);
	const sections = Object.entries(groups).flatMap(([title, rules]) => [
		`## ${title}`,
		'',
		'| Finding | Severity | Driver | When | Meaning | Source |',
		'| --- | --- | --- | --- | --- | --- |',
		...rules.map(formatRow),
		'',
	]);
	return [
		'# Storage rules',
		'',
		`What Sickbay knows against storage drivers, and the kernels, engines and file systems under them: ${String(count)} rules. Rows of one finding are its degrees; the first that applies speaks. A fact that a host does not tell makes no rule speak. A driver written \`containerd/NAME\` is a snapshotter of the containerd image store, \`*\` is any. \`npm run docs:storage\` writes this page from \`source/health/storage\`.`,
		'',
		'Elsewhere: file systems that fill or went read-only, the engine’s root and containerd’s alike (`filesystem-filling`, `inodes-running-out`, `filesystem-read-only`), engines that hang or do not start (`engine-hung`, `engine-down`), and single lines of the kernel log. Not told by any host, and so without a rule: renaming a directory of a lower layer fails with EXDEV on overlays (moby#12327, #25409) unless the kernel redirects directories.',
		'',
		...sections,
	].join('\n');
}

function formatRow({id, severity, drivers, when, meaning, source}: StorageRule): string {
	const names = drivers.map((name) => `\`${name}\``).join(', ');
	return `| \`${id}\` | ${severity} | ${names} | ${[when, meaning, source].map(escapeCell).join(' | ')} |`;
}

/** Keeps a text from being read as Markdown; code between backticks needs none of it but for the bar. */
function escapeCell(text: string): string {
	return text
		.split('`')
		.map((part, index) => (index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replaceAll(/[|*<>_]/g, '\\$&')))
		.join('`');
}
