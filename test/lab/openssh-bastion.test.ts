/** Hosts behind a jump host, carried by the installed `ssh`: one connection to the jump host for all of them. */
import {readdir} from 'node:fs/promises';
import type {ChildProcess} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {run} from './lab-command.ts';
import {findPort, missingForSshd} from './loopback-sshd.ts';
import {ask, failure, openBench, overOpenSsh, reach, type OpenSshBench} from './openssh-bench.ts';

const missing = missingForSshd();

describe.skipIf(missing !== null)(
	`a shared bastion${missing === null ? '' : ` (skipped: ${missing} is missing)`}`,
	() => {
		let bench: OpenSshBench;

		beforeAll(async () => {
			bench = await openBench();
		}, 60_000);

		afterAll(() => bench.close());

		const through = (gate: number): string =>
			`Host inner*\n  ProxyJump gate\nHost gate\n  Port ${gate}\n  KexAlgorithms curve25519-sha256\n`;
		const connectionsOf = async (sshd: ChildProcess): Promise<number> =>
			(await run('pgrep', ['--parent', String(sshd.pid)]).catch(() => '')).split('\n').filter(Boolean).length;

		test('six hosts come through one connection, which ends with the last of them', async () => {
			const gate = await bench.startOwnSshd('');
			const connector = await bench.makeConnector(through(gate.port));
			const names = Array.from({length: 6}, (_, index) => `inner${index}`);
			const all = await Promise.all(names.map((destination) => reach(connector, {...overOpenSsh, destination})));
			const said = await Promise.all(all.map(({transport}) => ask(transport, 'echo in')));
			expect(said).toEqual(names.map(() => 'in\n'));
			expect(await connectionsOf(gate.child)).toBe(1);
			expect(all[0]?.rungs).toEqual(['tcp', 'banner', 'key-exchange', 'host-key', 'authentication']);
			expect(all[0]?.transport.bastion).toBe('gate');
			for (const {transport} of all.slice(1)) transport.close();
			await Promise.all(all.slice(1).map(({transport}) => transport.closed));
			expect(await connectionsOf(gate.child)).toBe(1);
			const [last] = all;
			if (last === undefined) throw new Error('no host');
			expect(await ask(last.transport, 'echo still in')).toBe('still in\n');
			last.transport.close();
			await expect.poll(() => connectionsOf(gate.child), {timeout: 5000}).toBe(0);
			await expect.poll(() => bench.processes()).toEqual([]);
			await expect.poll(() => readdir(bench.temporary)).toEqual([]);
		});

		test('the loss of the bastion is told as the reason of all behind it, and they come back through a new one', async () => {
			const gate = await bench.startOwnSshd('');
			const connector = await bench.makeConnector(through(gate.port));
			const names = ['inner0', 'inner1'];
			const all = await Promise.all(names.map((destination) => reach(connector, {...overOpenSsh, destination})));
			for (const pid of (await run('pgrep', ['--parent', String(gate.child.pid)])).split('\n')) {
				process.kill(Number(pid), 'SIGKILL');
			}
			for (const {transport} of all) expect(await transport.closed).toMatchObject({kind: 'lost', withBastion: 'gate'});
			const again = await Promise.all(names.map((destination) => reach(connector, {...overOpenSsh, destination})));
			expect(await Promise.all(again.map(({transport}) => ask(transport, 'echo in')))).toEqual(['in\n', 'in\n']);
			expect(await connectionsOf(gate.child)).toBe(1);
		});

		test('a closed door behind the bastion is not the bastion’s fault, and does not end the others', async () => {
			const gate = await bench.startOwnSshd('');
			const connector = await bench.makeConnector(through(gate.port));
			const {transport} = await reach(connector, {...overOpenSsh, destination: 'inner0'});
			const closed = {...overOpenSsh, destination: 'inner1', port: await findPort()};
			expect(await failure(connector, closed)).toMatchObject({rung: 'tcp', code: 'connection-refused'});
			expect(await ask(transport, 'echo in')).toBe('in\n');
			expect(await connectionsOf(gate.child)).toBe(1);
		});

		test('a bastion that lets nobody in is named as what broke', async () => {
			const gate = await bench.startOwnSshd('DenyUsers *');
			const connector = await bench.makeConnector(through(gate.port));
			const error = await failure(connector, {...overOpenSsh, destination: 'inner0'});
			expect(error).toMatchObject({rung: 'tcp', code: 'authentication-failed', bastion: 'gate', bastionBroke: true});
		});
	},
);
