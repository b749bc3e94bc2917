/** Reads a store's state and renders again when it says that it changed. */
import {useSyncExternalStore} from 'react';

export type ReadableStore<State> = {
	getState(): State;
	subscribe(listener: () => void): () => void;
};

export function useStore<State>(store: ReadableStore<State>): State {
	return useSyncExternalStore(store.subscribe, store.getState);
}
