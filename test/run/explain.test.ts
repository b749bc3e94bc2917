/** `sickbay explain` of the built program. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {createDirectory, program, run} from './start-program.ts';

const directory = createDirectory('logs');
const sick = '[   12.345678] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n';

/** As in `cat log | sickbay explain …`. */
async function pipeInto(argv: readonly string[], text: string) {
	const child = spawn(process.execPath, [program, 'explain', ...argv], {stdio: ['pipe', 'pipe', 'pipe']});
	let out = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
	child.stdin.end(text);
	const [exitCode] = (await once(child, 'close')) as [number];
	return {exitCode, out};
}

describe('sickbay explain', () => {
	test.each([[[]], [['-']]])('reads what is piped in (%j), and ends with the code of the worst', async (argv) => {
		const {exitCode, out} = await pipeInto(['--format', 'json', ...argv], sick);
		const {schema, incidents, logs} = JSON.parse(out) as Record<string, unknown>;
		expect(schema).toBe('sickbay.explain/1');
		expect(incidents).toMatchObject([{id: 'panic-rootfs', severity: 'panic', file: '-'}]);
		expect(logs).toEqual([{files: ['-'], host: null, boots: 1}]);
		expect(exitCode).toBe(2);
	});

	test('has every field that the README tells of, and no other', async () => {
		const {readFile} = await import('node:fs/promises');
		const shape = await readFile(
			fileURLToPath(new URL('../../source/report/explain-shape.md', import.meta.url)),
			'utf8',
		);
		const names = (prefix: string): readonly string[] =>
			[...shape.matchAll(/^\| (`[^|]*) \|/gm)]
				.flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '))
				.flatMap((name, index, all) =>
					name === 'last' || name === 'lastSeconds' ? [`incidents[].${name}`] : (all[index] ?? []),
				)
				.filter((name) => name.startsWith(prefix))
				.map((name) => name.slice(prefix.length).replace(/\[\]$/, ''))
				.filter((name) => !/[.[]/.test(name));
		const {out} = await pipeInto(['--format', 'json'], sick);
		const document = JSON.parse(out) as {incidents: object[]; logs: object[]};
		expect(Object.keys(document).toSorted()).toEqual([...names('')].toSorted());
		expect(Object.keys(document.incidents[0] ?? {}).toSorted()).toEqual([...names('incidents[].')].toSorted());
		expect(Object.keys(document.logs[0] ?? {}).toSorted()).toEqual([...names('logs[].')].toSorted());
	});

	test('reads files, and says calmly that nothing known was found', async () => {
		const file = path.join(directory, 'well.log');
		await writeFile(file, '[    1.000000] eth0: link up\n');
		const {exitCode, out, error} = await run(['explain', file]);
		expect(out).toContain('Nothing known found in 1 kernel line');
		expect([exitCode, error]).toEqual([0, '']);
	});

	test('tells mistakes before it reads anything', async () => {
		await mkdir(path.join(directory, 'folder'));
		const [missing, folder] = await Promise.all([
			run(['explain', path.join(directory, 'nosuch.log')]),
			run(['explain', path.join(directory, 'folder')]),
		]);
		expect(missing).toMatchObject({exitCode: 64, out: ''});
		expect(missing.error).toContain('there is no such file');
		expect(folder).toMatchObject({exitCode: 64, out: ''});
		expect(folder.error).toContain('is a directory');
	});
});
