/** Holds the view's state; listeners hear of every change at once, because a key must show in the next frame. */
import {reduceView} from './reduce-view.ts';
import type {ViewAction} from './view-action.ts';
import {initialView, type ViewState} from './view-state.ts';

export type ViewStore = {
	getState(): ViewState;
	dispatch(action: ViewAction): void;
	/** Returns a function that unsubscribes. */
	subscribe(listener: () => void): () => void;
};

export function createViewStore(initial: ViewState = initialView): ViewStore {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		dispatch(action) {
			const next = reduceView(state, action);
			if (next === state) return;
			state = next;
			for (const listener of listeners) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
