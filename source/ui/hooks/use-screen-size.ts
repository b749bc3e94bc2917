/** Tells the view state how large the terminal is, before the first drawing and after every change. */
import {useWindowSize} from 'ink';
import {useLayoutEffect} from 'react';
import type {ViewStore} from '../../view-state/view-store.ts';

export function useScreenSize(viewStore: ViewStore): void {
	const {columns, rows} = useWindowSize();
	useLayoutEffect(() => viewStore.dispatch({kind: 'resized', size: {columns, rows}}), [viewStore, columns, rows]);
}
