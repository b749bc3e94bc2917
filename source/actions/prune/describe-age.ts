/** Ages in words, always with the moment they are counted from, because "old" means nothing without it. */
import type {Age, AgeKind} from '../../model/prune-plan.ts';
import {formatDuration} from '../../support/format.ts';

const momentWords: Readonly<Record<AgeKind, string>> = {
	built: 'it was built',
	tagged: 'it was tagged',
	'container-created': 'a container was made from it',
	'container-finished': 'a container made from it stopped',
	'last-used': 'it was used',
	created: 'it was made',
	stopped: 'it stopped',
};

/** `12 d`, `3 h`. */
export function describeSpan(milliseconds: number): string {
	const text = formatDuration(milliseconds);
	return `${text.slice(0, -1)} ${text.slice(-1)}`;
}

/** `40 d ago`; a moment ahead of `now` counts as just now. */
export function describeAgo(at: number, now: number): string {
	return `${describeSpan(now - at)} ago`;
}

/** `40 d ago, when a container was made from it`. */
export function describeAge(age: Age, now: number): string {
	return `${describeAgo(age.at, now)}, when ${momentWords[age.kind]}`;
}
