/** A desk at which nobody ever asks, for fleets that need no person. */
import {nothingAsked, type AttentionDesk} from '../../model/attention.ts';

export const quietDesk: AttentionDesk = {
	getState: () => nothingAsked,
	subscribe: () => () => undefined,
	answer: () => undefined,
	decline: () => undefined,
};
