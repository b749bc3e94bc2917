/** One line per row of the prune dialog: hosts with how far they are, objects with what they are and what became of them. */
import type {PruneHost} from '../../model/prune-desk.ts';
import {formatCount} from '../../support/format.ts';
import type {PrunePageName} from '../../view-state/prune-view.ts';
import type {PruneRow} from '../../view-state/prune-page.ts';
import {ageColumns, formatAge} from '../disk/age-words.ts';
import {formatKnown} from '../disk/format-sum.ts';
import {displayWidth, fitLine, fitTail, fitText, truncateText} from '../fit-text.ts';
import {span, type Canvas, type Line, type Span, type Tone} from '../line.ts';
import {
	describeOutcome,
	formatFreed,
	formatOutcomes,
	formatRange,
	keptWords,
	kindTitles,
	verificationWords,
} from './prune-words.ts';

export type RowContext = {
	readonly page: PrunePageName;
	/** True once the plan was confirmed: rows then say what became of them. */
	readonly isRun: boolean;
	readonly isOnly: boolean;
	readonly canvas: Canvas;
};

export function createRowLine(row: PruneRow, isSelected: boolean, context: RowContext): Line {
	const cursor = span(isSelected ? '›' : ' ', 'accent');
	const {columns} = context.canvas;
	switch (row.kind) {
		case 'host':
			return fitLine([cursor, ...createHost(row.host, isSelected, context)], columns);
		case 'group':
			return [span(`   ${kindTitles[row.objects]} (${formatCount(row.count)})`, 'strong')];
		case 'item':
			return fitLine([cursor, ...createItem(row, isSelected, context)], columns);
		case 'result':
			return [createResult(row)];
		case 'text':
			return [
				span(
					truncateText(`${' '.repeat(row.key.startsWith('host ') ? 6 : 8)}${textSigns[row.tone]}${row.text}`, columns),
					textTones[row.tone],
				),
			];
	}
}

type TextTone = Extract<PruneRow, {kind: 'text'}>['tone'];

const textTones: Readonly<Record<TextTone, Tone>> = {
	caution: 'warning',
	plain: 'dim',
	trouble: 'warning',
	advice: 'accent',
};

const textSigns: Readonly<Record<TextTone, string>> = {caution: '▲ ', plain: '', trouble: '▲ ', advice: '→ '};

function createHost(host: PruneHost, isSelected: boolean, {isRun, isOnly}: RowContext): readonly Span[] {
	const box = isRun ? '   ' : host.isLeftOut ? '[ ]' : '[x]';
	const name = span(host.hostName, isSelected ? 'inverse' : 'strong');
	return [span(isOnly && !host.isLeftOut ? ' ' : `${box} `), name, span('  '), ...describeHost(host)];
}

function describeHost({isLeftOut, state}: PruneHost): readonly Span[] {
	if (isLeftOut) return [span('left out: nothing is done here', 'dim')];
	switch (state.kind) {
		case 'reading':
			return [span(`… ${state.progress ?? 'being read'}`, 'dim')];
		case 'failed':
			return [span('▲ could not be read, nothing is done here', 'warning')];
		case 'planned': {
			const {items, kept, reclaim} = state.plan;
			const words =
				items.length === 0 ? 'nothing goes' : `${formatCount(items.length)} go, frees ${formatRange(reclaim)}`;
			return [span(words), span(` · ${formatCount(kept.length)} stay`, 'dim')];
		}
		case 'running': {
			const {outcomes, plan, isVerifying} = state;
			const words = `${formatCount(outcomes.size)} of ${formatCount(plan.items.length)}`;
			return [span(isVerifying ? `${words}, looking whether they are gone…` : `${words} done…`, 'accent')];
		}
		case 'ended': {
			return [span(formatOutcomes(state.result.outcomes.values()))];
		}
	}
}

function createResult({of, result}: Extract<PruneRow, {kind: 'result'}>): Span {
	if (of === 'freed') return span(`      ${formatFreed(result)}`, 'strong');
	const [words, tone] = verificationWords[result.verification];
	return span(`      ${words}`, tone);
}

type ItemRow = Extract<PruneRow, {kind: 'item'}>;

const signColumns = 11;
/** Narrower, there is room for either the age or the reason. */
const wideFromColumns = 100;

function createItem(
	{item, isIn, outcome, isUnderWay}: ItemRow,
	isSelected: boolean,
	context: RowContext,
): readonly Span[] {
	const {columns, now} = context.canvas;
	const [sign, tone] = signOf();
	const [first = shortId(item.id), ...further] = item.names;
	const more = further.length === 0 ? '' : ` +${further.length}`;
	const isNarrow = columns < wideFromColumns;
	// What stays is looked at for its reason, what goes for its age.
	const hasAge = !isNarrow || context.page === 'goes';
	const fixed = 1 + 2 + signColumns + 9 + 2 + 1 + (hasAge ? ageColumns : 0) + 1;
	const share = isNarrow ? (hasAge ? 1 : 0.5) : 0.6;
	const nameColumns = Math.max(16, Math.min(60, Math.floor((columns - fixed) * share)));
	const name = `${fitTail(first, nameColumns - displayWidth(more))}${more}`;
	return [
		span(`  ${fitText(sign, signColumns)}`, tone),
		span(`${formatKnown(item.sizeBytes).padStart(9)}  `),
		span(name, isSelected ? 'inverse' : isIn || context.page === 'stays' ? 'plain' : 'dim'),
		span(hasAge ? ` ${fitText(formatAge(item.age, now), ageColumns)} ` : ' ', 'dim'),
		span(item.why, 'dim'),
	];

	function signOf(): readonly [string, Tone] {
		if (outcome !== null) return describeOutcome(outcome);
		if (isUnderWay) return ['› removing', 'accent'];
		if ('reason' in item && context.page === 'stays')
			return [keptWords[item.reason], item.reason === 'unchecked' ? 'unknown' : 'dim'];
		if (context.isRun) return [isIn ? '  waiting' : '  stays', 'dim'];
		return isIn ? ['[x]', 'plain'] : ['[ ] stays', 'dim'];
	}
}

function shortId(id: string): string {
	return id.startsWith('sha256:') ? id.slice(0, 19) : id.slice(0, 12);
}
