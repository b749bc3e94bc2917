import {mkdtemp, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {createAuditFile} from '../../../source/actions/audit/audit-file.ts';
import {findAuditFile} from '../../../source/actions/audit/find-audit-file.ts';
import type {AuditEntry} from '../../../source/model/audit-entry.ts';

const entry: AuditEntry = {
	at: Date.UTC(2026, 4, 20, 12),
	by: 'anna@laptop',
	host: 'web-07',
	bootId: null,
	action: 'prune',
	plan: 'abcdef012345',
	event: 'step-ended',
	subject: 'image:sha256:1',
	outcome: 'failed',
	detail: null,
	bytes: null,
};

async function createFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'sickbay-audit-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

const linesOf = async (file: string): Promise<readonly Record<string, unknown>[]> =>
	(await readFile(file, 'utf8'))
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the audit', () => {
	test('is a file that only its owner reads, one line per entry, in the order written', async () => {
		const file = path.join(await createFolder(), 'state', 'sickbay', 'audit.jsonl');
		const audit = createAuditFile(file);
		const subjects = Array.from({length: 50}, (_, index) => `image:${index}`);
		await Promise.all(subjects.map((subject) => audit.write({...entry, subject}, {durable: subject === 'image:7'})));
		await audit.close();
		expect((await linesOf(file)).map(({subject}) => subject)).toEqual(subjects);
		expect((await linesOf(file))[0]).toMatchObject({at: '2026-05-20T12:00:00.000Z', by: 'anna@laptop'});
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
	});

	test('of two programs at once loses no line, and goes on after what is there', async () => {
		const file = path.join(await createFolder(), 'audit.jsonl');
		await writeFile(file, '{"subject":"earlier"}\n', {mode: 0o644});
		const audits = [createAuditFile(file), createAuditFile(file)];
		await Promise.all(audits.flatMap((audit) => Array.from({length: 40}, () => audit.write(entry))));
		await Promise.all(audits.map((audit) => audit.close()));
		expect(await linesOf(file)).toHaveLength(81);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
	});

	test('holds no password of an address and no line break that an engine repeats', async () => {
		const file = path.join(await createFolder(), 'audit.jsonl');
		const audit = createAuditFile(file);
		await audit.write({...entry, detail: 'pull https://anna:hunter2@registry.lan/v2/\nfailed\u001B[31m'});
		await audit.close();
		const text = await readFile(file, 'utf8');
		expect(text).not.toContain('hunter2');
		expect(text.split('\n')).toHaveLength(2);
		expect((await linesOf(file))[0]?.['detail']).toBe('pull https://…@registry.lan/v2/ failed');
	});

	test('is never written through a link that somebody put in its place', async () => {
		const folder = await createFolder();
		await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'audit.jsonl'));
		await expect(createAuditFile(path.join(folder, 'audit.jsonl')).write(entry)).rejects.toThrow('ELOOP');
	});

	test('lies where the account keeps its state', () => {
		expect(findAuditFile({XDG_STATE_HOME: '/var/state'}, '/home/anna')).toBe('/var/state/sickbay/audit.jsonl');
		const usual = '/home/anna/.local/state/sickbay/audit.jsonl';
		expect(findAuditFile({}, '/home/anna')).toBe(usual);
		expect(findAuditFile({XDG_STATE_HOME: 'state'}, '/home/anna')).toBe(usual);
	});
});
