/** The view's state without a terminal. */
import {expect, test} from 'vitest';
import {reduceView} from '../../source/view-state/reduce-view.ts';
import type {ViewAction} from '../../source/view-state/view-action.ts';
import {initialView, selectCurrentHostKey, type ViewState} from '../../source/view-state/view-state.ts';
import type {FleetState} from '../../source/fleet/fleet-state.ts';
import {createHost} from '../ui/harness/host-fixture.ts';

const keys = Array.from({length: 100}, (_, index) => `h${index}`);

function known(names: readonly string[]): FleetState['hosts'] {
	return new Map(names.map((name) => [name, createHost(name)]));
}

function after(actions: readonly ViewAction[], from: ViewState = initialView): ViewState {
	return actions.reduce(reduceView, from);
}

const down: ViewAction = {kind: 'cursor-moved', step: 'line', direction: 1};
const loaded: ViewAction = {kind: 'order-changed', order: keys, known: known(keys)};

test('before anyone moves, the first row is meant, whichever host that is', () => {
	const view = after([loaded]);
	expect(view.selection).toBeNull();
	expect(selectCurrentHostKey(view)).toBe('h0');
	const resorted = after([{kind: 'order-changed', order: keys.toReversed(), known: known(keys)}], view);
	expect(selectCurrentHostKey(resorted)).toBe('h99');
	expect(resorted.top).toBe(0);
});

test('the window moves only as far as the cursor needs', () => {
	const view = after([loaded, ...Array.from({length: 25}, () => down)]);
	expect(view.selection).toBe('h25');
	expect(view.top).toBe(25 - 21 + 1);
	const up: ViewAction = {kind: 'cursor-moved', step: 'line', direction: -1};
	expect(after([up], view).top).toBe(view.top);
});

test('a selected host at the very end that goes gives the cursor to the one above', () => {
	const view = after([loaded, {kind: 'cursor-moved', step: 'all', direction: 1}]);
	const rest = keys.slice(0, 99);
	expect(after([{kind: 'order-changed', order: rest, known: known(rest)}], view).selection).toBe('h98');
});

test('when a filter hides everything, nothing is selected', () => {
	const view = after([loaded, down, {kind: 'order-changed', order: [], known: known(keys)}]);
	expect(selectCurrentHostKey(view)).toBeNull();
});

test('marks outlive a filter but not their host', () => {
	const marked = after([loaded, {kind: 'mark-toggled', hostKey: 'h3'}, {kind: 'mark-toggled', hostKey: 'h4'}]);
	const filtered = after([{kind: 'order-changed', order: ['h9'], known: known(keys)}], marked);
	expect([...filtered.marks]).toEqual(['h3', 'h4']);
	const gone = after([{kind: 'order-changed', order: ['h9'], known: known(['h3', 'h9'])}], filtered);
	expect([...gone.marks]).toEqual(['h3']);
});

test('an action that changes nothing gives the same state back', () => {
	const view = after([loaded]);
	expect(after([{kind: 'order-changed', order: keys, known: known(keys)}], view)).toBe(view);
	expect(after([{kind: 'resized', size: {columns: 80, rows: 24}}], view)).toBe(view);
	expect(after([{kind: 'unmarked-all'}], view)).toBe(view);
});

test('a smaller terminal keeps the cursor in sight', () => {
	const view = after([
		loaded,
		...Array.from({length: 18}, () => down),
		{kind: 'resized', size: {columns: 80, rows: 15}},
	]);
	expect(view.top).toBe(18 - 12 + 1);
});
