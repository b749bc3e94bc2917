/** A bar of blocks for a share. */
import {span, type Span, type Tone} from '../line.ts';

/** `ratio` is cut to 0..1; the smallest share that is not nothing shows one block. */
export function createBar(ratio: number, width: number, tone: Tone): readonly Span[] {
	const blocks = Math.round(Math.max(0, Math.min(1, ratio)) * width);
	const filled = ratio > 0 && width > 0 ? Math.max(1, blocks) : 0;
	return [span('█'.repeat(filled), tone), span('░'.repeat(width - filled), 'dim')];
}
