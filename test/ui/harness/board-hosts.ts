/** Hosts for tests of the board, and what of them is read off its rows. */
import type {HostState} from '../../../source/fleet/fleet-state.ts';
import {createFinding, createHost} from './host-fixture.ts';
import type {OpenScreen} from './open-screen.ts';

/** The name of the host on the row with the cursor. */
export function underCursor({terminal}: OpenScreen): string | undefined {
	return terminal
		.rows()
		.find((row) => row.startsWith('›'))
		?.split(/\s+/)[2];
}

export function names(count: number): readonly HostState[] {
	return Array.from({length: count}, (_, index) => createHost(`host-${String(index).padStart(3, '0')}`));
}

export function sick(name: string, details: Partial<HostState> = {}): HostState {
	const findings = [createFinding({severity: 'critical', summary: 'kernel panic'})];
	return createHost(name, {severity: 'critical', findings, ...details});
}
