/** Opens the review of host keys, and says what each key press does in it; nothing is accepted without its own key. */
import {selectHostKeyReviews, type HostKeyReview} from '../fleet/select-host-key-reviews.ts';
import {formatPlural} from '../support/format.ts';
import type {Overlay} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';

export const hostKeyCommands: readonly Command[] = [
	{
		id: 'review-host-keys',
		title: 'Review unknown host keys',
		keys: ['K'],
		scope: 'board',
		group: 'Hosts',
		disabledReason: ({liveFleet}) =>
			selectHostKeyReviews(liveFleet).length === 0 ? 'no host key waits for a person' : null,
		run({liveFleet, dispatch}) {
			// The list stands still while it is read: a key that comes later cannot slip under the cursor.
			const reviews = selectHostKeyReviews(liveFleet);
			dispatch({kind: 'overlay-opened', overlay: {kind: 'host-keys', reviews, index: 0}});
		},
	},
];

export type HostKeyOverlay = Extract<Overlay, {kind: 'host-keys'}>;

const moves: Readonly<Record<string, number>> = {j: 1, Down: 1, k: -1, Up: -1, PgDn: 10, PgUp: -10, G: 1000, g: -1000};

/** `y` accepts the key under the cursor, `A` all that can be; everything else that closes accepts none. */
export function routeHostKeyReviewKey(press: string, {reviews, index}: HostKeyOverlay, context: CommandContext): void {
	const {dispatch, now} = context;
	const by = moves[press];
	const chosen = reviews[index];
	if (by !== undefined) dispatch({kind: 'overlay-moved', by, count: reviews.length});
	else if (press === 'y' && chosen !== undefined) {
		if (chosen.isAcceptable) accept([chosen], reviews, context);
		else dispatch({kind: 'noticed', text: `the key of ${chosen.offered.lookupName} cannot be accepted`, at: now});
	} else if (press === 'A') {
		accept(
			reviews.filter(({isAcceptable}) => isAcceptable),
			reviews,
			context,
		);
	} else if (['Esc', 'q', 'n', 'Enter'].includes(press)) {
		dispatch({kind: 'overlay-closed'});
		dispatch({kind: 'noticed', text: 'no host key accepted', at: now});
	}
}

function accept(
	accepted: readonly HostKeyReview[],
	reviews: readonly HostKeyReview[],
	{dispatch, acceptHostKeys, now}: CommandContext,
): void {
	if (accepted.length === 0) return;
	void acceptHostKeys(accepted).then((problem) => {
		if (problem !== null) dispatch({kind: 'noticed', text: problem, at: now});
	});
	const left = reviews.filter((review) => !accepted.includes(review));
	if (left.some(({isAcceptable}) => isAcceptable)) {
		dispatch({kind: 'overlay-opened', overlay: {kind: 'host-keys', reviews: left, index: 0}});
	} else dispatch({kind: 'overlay-closed'});
	dispatch({kind: 'noticed', text: `${formatPlural(accepted.length, 'host key')} accepted, connecting`, at: now});
}
