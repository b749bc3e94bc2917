/** Ages with the moment they are counted from, in two words. */
import type {Age, AgeKind} from '../../model/prune-plan.ts';
import {formatDuration} from '../../support/format.ts';

const kindWords: Readonly<Record<AgeKind, string>> = {
	built: 'built',
	tagged: 'tagged',
	'container-created': 'container made',
	'container-finished': 'container ended',
	'last-used': 'used',
	created: 'made',
	stopped: 'stopped',
};

/** `40d container ended`; at most 20 columns for anything younger than three years. */
export function formatAge(age: Age | null, now: number): string {
	return age === null ? 'unknown' : `${formatDuration(now - age.at)} ${kindWords[age.kind]}`;
}

/** As wide as the longest. */
export const ageColumns = 21;
