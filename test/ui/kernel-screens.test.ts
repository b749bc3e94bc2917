/** The kernel tab as people see it, kept as text to be read in review. */
import {expect, test} from 'vitest';
import type {HostState} from '../../source/fleet/fleet-state.ts';
import {createForbiddenHost, createTroubledHost} from './harness/kernel-fixture.ts';
import {openKernelTab, textOf} from './harness/open-kernel-tab.ts';

const sizes = [
	[80, 24],
	[120, 40],
] as const;

const pictures: readonly (readonly [string, HostState, string])[] = [
	['incidents', createTroubledHost(), ''],
	['incident-in-full', createTroubledHost(), '\r'],
	['earlier-boot', createTroubledHost(), '['],
	['boot-without-log', createTroubledHost(), '[['],
	['forbidden', createForbiddenHost(), ''],
	['wrapped', createTroubledHost(), 'wn'],
];

test.each(sizes.flatMap(([columns, rows]) => pictures.map((picture) => [...picture, columns, rows] as const)))(
	'the kernel tab: %s',
	async (name, host, keys, columns, rows) => {
		const opened = await openKernelTab(host, {columns, rows});
		for (const key of keys) await opened.press(key);
		await expect(`${textOf(opened)}\n`).toMatchFileSnapshot(`__screens__/kernel-${name}-${columns}x${rows}.txt`);
	},
);
