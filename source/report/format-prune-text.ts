/** A prune for eyes: what goes from a host and why, what stays and why, and what became of it. */
import {describeOutcomes} from '../actions/prune/describe-outcomes.ts';
import {sumPlans} from '../actions/prune/sum-plans.ts';
import type {ByteRange, ItemOutcome, KeptItem, PruneItem, PrunePlan, PruneResult} from '../model/prune-plan.ts';
import {formatBytes, formatPlural} from '../support/format.ts';
import {padText, truncateText, wrapText} from './fit-text.ts';
import type {HostPrune} from './host-prune.ts';

const minimumColumns = 60;
const keptShown = 12;
const indent = '      ';

const marks: Readonly<Record<ItemOutcome['kind'], string>> = {
	removed: 'removed',
	gone: 'gone',
	'in-use': 'kept',
	failed: 'FAILED',
	unknown: 'UNKNOWN',
	'not-attempted': 'not done',
};

/** One host, ends with a newline; holds no control characters. */
export function formatHostPruneText(host: HostPrune, columns = 80): string {
	const width = Math.max(minimumColumns, columns);
	if (host.kind === 'merged') return `${host.name}: another name of a host above\n`;
	if (host.kind === 'unread') return lines([`${host.name}: no plan`, ...wrap(host.reason, width, '  ')]);
	const {plan} = host;
	const result = host.kind === 'run' ? host.result : null;
	return lines([
		...wrap(headOf(plan), width, '').map((line, index) => (index === 0 ? line : `  ${line}`)),
		...plan.items.flatMap((item) => formatItem(item, result?.outcomes.get(item.key) ?? null, width)),
		...formatKept(plan.kept, width, result === null ? '=' : 'stays'),
		...plan.unread.flatMap(({part, reason}) => wrap(`! not read: ${part}: ${reason}`, width, '  ')),
		...plan.advice.flatMap((advice) => wrap(`* ${advice}`, width, '  ')),
		...(result === null ? [] : formatResult(result, width)),
	]);
}

/** The last lines, over all hosts. */
export function formatPruneTotals(hosts: readonly HostPrune[], columns = 80): string {
	const width = Math.max(minimumColumns, columns);
	const shown = hosts.filter((host) => host.kind !== 'merged');
	const planned = shown.filter((host) => host.kind !== 'unread');
	const {items, hostsWithItems, reclaim} = sumPlans(planned.map(({plan}) => plan));
	const unread = shown.length - planned.length;
	const results = planned.flatMap((host) => (host.kind === 'run' ? [host.result] : []));
	const outcomes = results.flatMap((result) => [...result.outcomes.values()]);
	const freed = results.map(({freedBytes}) => freedBytes).filter((bytes) => bytes !== null);
	const sentences = [
		`${formatPlural(shown.length, 'host')}: ${formatPlural(items, 'object')} on ${formatPlural(hostsWithItems, 'host')}, ${formatRange(reclaim)}`,
		...(results.length > 0 ? [`${describeOutcomes(outcomes)}; freed ${formatFreed(freed)}`] : []),
		...(unread > 0 ? [`no plan of ${formatPlural(unread, 'host')}`] : []),
	];
	return lines(sentences.flatMap((sentence) => wrap(`${sentence}.`, width, '')));
}

function lines(texts: readonly string[]): string {
	return `${texts.join('\n')}\n`;
}

function wrap(text: string, width: number, before: string): readonly string[] {
	return wrapText(text, width - before.length).map((line) => before + line);
}

function headOf({hostName, items, reclaim, filesystem, fingerprint}: PrunePlan): string {
	if (items.length === 0) return `${hostName}: nothing to remove`;
	const kinds = (['container', 'image', 'volume', 'build-cache'] as const)
		.map((kind) => [kind, items.filter((item) => item.kind === kind).length] as const)
		.filter(([, count]) => count > 0)
		.map(([kind, count]) => (kind === 'build-cache' ? `${count} of build cache` : formatPlural(count, kind)));
	const place =
		filesystem === null ? '' : ` of ${formatBytes(filesystem.usedBytes)} in use on ${filesystem.mountPoint}`;
	return `${hostName}: ${kinds.join(', ')}; ${formatRange(reclaim)}${place} (plan ${fingerprint})`;
}

function formatRange({minBytes, maxBytes}: ByteRange): string {
	const [least, most] = [formatBytes(minBytes), formatBytes(maxBytes)];
	return least === most ? `frees ${most}` : `frees ${least} to ${most}`;
}

function formatFreed(known: readonly number[]): string {
	return known.length === 0
		? 'is not known'
		: formatBytes(
				Math.max(
					0,
					known.reduce((sum, bytes) => sum + bytes, 0),
				),
			);
}

function formatItem(item: PruneItem, outcome: ItemOutcome | null, width: number): readonly string[] {
	const mark = outcome === null ? '-' : marks[outcome.kind];
	const detail = outcome !== null && 'detail' in outcome ? outcome.detail : null;
	return [
		describe(item, mark, width),
		...(detail === null ? wrap(item.why, width, indent) : wrap(detail, width, indent)),
		...(outcome === null ? item.cautions.flatMap((caution) => wrap(`! ${caution}`, width, indent)) : []),
	];
}

/** `  removed  image        310 MB  shop/web:1 (+2)`. */
function describe({kind, sizeBytes, names, id}: PruneItem | KeptItem, mark: string, width: number): string {
	const size = (sizeBytes === null ? '?' : formatBytes(sizeBytes)).padStart(7);
	const [first] = names;
	const more = names.length > 1 ? ` (+${names.length - 1})` : '';
	const name = first === undefined ? id.replace('sha256:', '').slice(0, 12) : first;
	const start = `  ${mark.length === 1 ? mark : padText(mark, 8)} ${padText(kind, 11)} ${size}  `;
	return `${start}${truncateText(name, width - start.length - more.length)}${more}`;
}

function formatKept(kept: readonly KeptItem[], width: number, mark: string): readonly string[] {
	if (kept.length === 0) return [];
	// What was never asked about is no news, nor is a running container.
	const told = kept.filter(
		({kind, reason}) => reason !== 'not-selected' && !(kind === 'container' && reason === 'in-use'),
	);
	const rest = kept.length - Math.min(told.length, keptShown);
	return [
		...told.slice(0, keptShown).flatMap((item) => {
			const line = describe(item, mark, width);
			return [line, ...wrap(`stays: ${item.why}`, width, indent)];
		}),
		...(rest > 0
			? wrap(
					`= ${told.length > 0 ? 'and ' : ''}${formatPlural(rest, 'object')} more ${rest === 1 ? 'stays' : 'stay'}: ${countReasons(kept)}; --format json says why of each`,
					width,
					'  ',
				)
			: []),
	];
}

/** `12 in-use, 3 newest`, of all that stay. */
function countReasons(kept: readonly KeptItem[]): string {
	const counts = new Map<string, number>();
	for (const {reason} of kept) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return [...counts].map(([reason, count]) => `${count} ${reason.replaceAll('-', ' ')}`).join(', ');
}

function formatResult(result: PruneResult, width: number): readonly string[] {
	const {outcomes, freedBytes, verification, stopped, advice, plan} = result;
	const words = {
		verified: 'a fresh list has none of them any more',
		differs: 'BUT a fresh list still has some of them',
		unverified: 'nobody could look whether they are gone',
	};
	const freed =
		freedBytes === null
			? 'what came free could not be measured'
			: `the file system has ${formatBytes(Math.max(0, freedBytes))} more room (${formatRange(plan.reclaim)} was expected of all)`;
	const sentence = `=> ${describeOutcomes(outcomes.values())}; ${freed}; ${words[verification]}.`;
	return [
		...(plan.items.length === 0 ? [] : wrap(sentence, width, '  ')),
		...(stopped === null ? [] : wrap(`! ended early: ${stopped}`, width, '  ')),
		...advice.flatMap((line) => wrap(`* ${line}`, width, '  ')),
	];
}
