/** Whoever's `ssh host` works, Sickbay works: the table of docs/ssh.md, tried row by row with both programs. */
import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {missingForSshd} from './loopback-sshd.ts';
import {formatParityTable} from './parity/format-parity-table.ts';
import {startParityLab, type ParityLab} from './parity/parity-lab.ts';
import {parityRows} from './parity/parity-rows.ts';
import {tryWithSickbay, tryWithSsh, writeRowConfig} from './parity/run-both.ts';

/** Only root can make the account with a password that some rows need. */
const rows = parityRows.filter(({needsAccount}) => !needsAccount || process.getuid?.() === 0);
const documentation = 'docs/ssh.md';
const missing =
	missingForSshd() ??
	['/usr/sbin/dropbear', '/usr/bin/script', '/usr/bin/softhsm2-util', '/usr/sbin/krb5kdc'].find(
		(file) => !existsSync(file),
	) ??
	null;

describe.skipIf(missing !== null)(
	`parity with ssh${missing === null ? '' : ` (skipped: ${missing} is missing)`}`,
	() => {
		let lab: ParityLab | null = null;

		beforeAll(async () => {
			lab = await startParityLab();
		}, 60_000);

		afterAll(async () => lab?.close());

		test.each(rows)('$feature', async (row) => {
			if (lab === null) throw new Error('the lab is not there');
			const config = await writeRowConfig(row, lab);
			const ssh = await tryWithSsh(row, config, lab);
			expect(ssh).toMatchObject({outcome: row.outcome});
			const outcome = row.differs?.outcome ?? row.outcome;
			const carrier = outcome === 'in' ? (row.carrier ?? 'ssh2') : null;
			const sickbay = await tryWithSickbay(row, config, lab);
			expect(sickbay).toMatchObject({outcome, carrier, wrote: ssh.wrote});
		});
	},
);

test('the documented table has exactly these rows', async () => {
	const [start, end] = ['<!-- parity: start -->', '<!-- parity: end -->'];
	const text = await readFile(documentation, 'utf8');
	const documented = text.slice(text.indexOf(start) + start.length, text.indexOf(end));
	const table = `\n${formatParityTable(parityRows)}`;
	if (process.env['UPDATE'] === '1')
		await writeFile(documentation, text.replace(`${start}${documented}`, `${start}${table}`));
	expect([table, process.env['UPDATE'] === '1' ? table : documented]).toEqual([table, table]);
});
