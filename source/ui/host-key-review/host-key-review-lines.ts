/** The panel in which unknown host keys are looked at together: one entry per key, the one under the cursor in full. */
import type {HostKeyReview} from '../../fleet/select-host-key-reviews.ts';
import {formatPlural} from '../../support/format.ts';
import {fitText, truncateText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line, type Tone} from '../line.ts';

/** Exactly `rows` lines. */
export function createHostKeyReviewLines(
	reviews: readonly HostKeyReview[],
	index: number,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	const acceptable = reviews.filter(({isAcceptable}) => isAcceptable).length;
	const title = `── Host keys: ${acceptable} to review, ${reviews.length - acceptable} that cannot be accepted `;
	const heading: Line = [span(title + '─'.repeat(Math.max(0, canvas.columns - title.length)), 'accent')];
	if (reviews.length === 0) return padded([heading, [span(' No host key waits for a person.', 'dim')]], rows);
	const chosen = reviews[index];
	const detail = chosen === undefined ? [] : createDetail(chosen, canvas).slice(0, Math.max(3, rows - 4));
	const room = Math.max(1, rows - 2 - detail.length);
	const top = Math.min(Math.max(0, index - room + 1), Math.max(0, reviews.length - room));
	const listed = reviews
		.slice(top, top + room)
		.map((review, position) => createEntry(review, top + position === index, canvas));
	return padded([heading, ...listed, blankLine, ...detail], rows);
}

function createEntry(
	{offered, hosts, alsoSeenOn, isAcceptable}: HostKeyReview,
	selected: boolean,
	canvas: Canvas,
): Line {
	const {lookupName, keyType, fingerprint, verdict} = offered;
	const others = alsoSeenOn.length === 0 ? '' : `  also seen on ${alsoSeenOn.length}`;
	const waiting = hosts.length > 1 ? `  ${hosts.length} hosts wait` : '';
	const words = verdict === 'unknown' ? '' : `  ${verdict.toUpperCase()}`;
	const name = fitText(lookupName, Math.min(32, Math.max(16, Math.floor(canvas.columns / 4))));
	const text = ` ${selected ? '›' : ' '} ${isAcceptable ? '?' : '✖'} ${name} ${keyType} ${fingerprint}${words}${waiting}${others}`;
	if (selected) return [span(fitText(text, canvas.columns), 'inverse')];
	return [span(truncateText(text, canvas.columns), isAcceptable ? 'plain' : 'critical')];
}

function createDetail({offered, hosts, alsoSeenOn}: HostKeyReview, canvas: Canvas): readonly Line[] {
	const lines = (text: string, tone: Tone = 'plain'): readonly Line[] =>
		wrapText(text, Math.max(20, canvas.columns - 4)).map((line) => [span(`   ${line}`, tone)]);
	const names = hosts.map(({name}) => name);
	return [
		...lines(`offered   ${offered.keyType} ${offered.fingerprint}`, 'strong'),
		...offered.expected.flatMap((key) =>
			lines(
				`${offered.verdict === 'revoked' ? 'revoked ' : 'expected'}  ${key.keyType} ${key.fingerprint} (${key.place})`,
			),
		),
		...lines(
			`for       ${formatPlural(names.length, 'host')}: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`,
		),
		...(alsoSeenOn.length === 0
			? []
			: lines(
					`also seen on ${alsoSeenOn.slice(0, 8).join(', ')}${alsoSeenOn.length > 8 ? ', …' : ''}: one machine, or copies of one image`,
				)),
		...lines(consequence(offered), offered.verdict === 'unknown' ? 'dim' : 'critical'),
	];
}

function consequence({verdict, addTo}: HostKeyReview['offered']): string {
	switch (verdict) {
		case 'unknown':
			return addTo === null
				? 'Its configuration (StrictHostKeyChecking) does not let a person accept it here.'
				: `Compare the fingerprint with the host's own; accepting adds the key to ${addTo}.`;
		case 'changed':
			return 'Not accepted under any setting: find out why it changed, then remove the old key with ssh-keygen -R.';
		case 'revoked':
			return 'Not accepted under any setting: the key is marked as compromised.';
	}
}

function padded(lines: readonly Line[], rows: number): readonly Line[] {
	return [...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, () => blankLine)];
}
