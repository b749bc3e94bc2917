/** Opens the screen on the kernel tab of one host. */
import type {HostState} from '../../../source/fleet/fleet-state.ts';
import {createFleet} from './host-fixture.ts';
import {createTroubledHost} from './kernel-fixture.ts';
import {openScreen, type OpenOptions, type OpenScreen} from './open-screen.ts';

export async function openKernelTab(
	host: HostState = createTroubledHost(),
	options: OpenOptions = {},
): Promise<OpenScreen> {
	const opened = await openScreen({fleet: createFleet([host]), ...options});
	await opened.press('\r4');
	return opened;
}

export const textOf = ({terminal}: OpenScreen): string => terminal.rows().join('\n');
