import {describe, expect, inject, it} from 'vitest';
import type {LabHost} from './host-shell.ts';
import {faults, type FaultName} from './lab-faults.ts';
import type {Lab} from './lab.ts';
import {findRow, openBoard} from './sickbay-board.ts';

const lab = inject('lab') as Lab;
const [well, second, third, fourth] = (lab?.hosts ?? []) as unknown as readonly [LabHost, LabHost, LabHost, LabHost];

type Sick = {
	readonly host: LabHost;
	/** How it is asked: as the operator, who may not read the kernel log all hosts share, or in a way that fails. */
	readonly way: 'operator' | 'guest' | 'wrong-key' | 'unknown-key';
	readonly fault?: FaultName;
	readonly words: RegExp;
};

const rounds: readonly (readonly Sick[])[] = [
	[
		{host: second, way: 'operator', fault: 'black-hole', words: /no answer/i},
		{host: third, way: 'wrong-key', words: /no key accepted/i},
		{host: fourth, way: 'unknown-key', words: /host key unknown/i},
		{host: fourth, way: 'operator', fault: 'dockerd-frozen', words: /hung/i},
	],
	[
		{host: second, way: 'operator', fault: 'link-down', words: /no route/i},
		{host: third, way: 'operator', fault: 'sshd-stopped', words: /refused/i},
		{host: fourth, way: 'operator', fault: 'host-key-changed', words: /host key changed/i},
	],
	[
		{host: second, way: 'operator', fault: 'sshd-frozen', words: /sshd says nothing/i},
		{host: third, way: 'operator', fault: 'dockerd-killed', words: /engine down/i},
	],
	[
		{host: third, way: 'guest', words: /engine socket not permitted/i},
		{host: fourth, way: 'operator', fault: 'socket-moved', words: /no engine socket/i},
	],
];

const nameOf = ({host, way}: Pick<Sick, 'host' | 'way'>): string => `${host?.name}-${way}`;
const cases = rounds.map((sick) => ({sick, title: sick.map(({fault, way}) => fault ?? way).join(', ')}));

describe.skipIf(lab === null)('hosts that are sick before the start are named on the board', () => {
	it.each(cases)('$title, while the host beside them is live', async ({sick}) => {
		await Promise.all(sick.map(({host, fault}) => fault && faults[fault].inflict(host)));
		const wellName = nameOf({host: well, way: 'operator'});
		const board = await openBoard(lab, [wellName, ...sick.map(nameOf)]);
		try {
			const row = async (name: string): Promise<string | null> => findRow(await board.readScreen(), name);
			await expect.poll(() => row(wellName), {timeout: 5000}).toMatch(/ \d+\/\d+ +\d+s$/);
			for (const one of sick) await expect.poll(() => row(nameOf(one)), {timeout: 25_000}).toMatch(one.words);
			for (const one of sick) expect(await row(nameOf(one))).not.toMatch(/ \d+\/\d+ /);
			expect(await row(wellName)).toMatch(/ \d+\/\d+ +[0-8]s$/);
		} finally {
			await board.close();
			await Promise.all(sick.map(({host, fault}) => fault && faults[fault].lift(host)));
		}
	});
});
