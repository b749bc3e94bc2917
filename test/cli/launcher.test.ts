import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';
import {describe, expect, onTestFinished, test} from 'vitest';
import {version} from '../../source/cli/version.ts';

const launcher = fileURLToPath(new URL('../../source/cli.ts', import.meta.url));
const preload = (name: string) => fileURLToPath(new URL(`launcher/${name}`, import.meta.url));

type Ended = {readonly exitCode: number | null; readonly out: string; readonly error: string};

function start(nodeOptions: readonly string[], argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
	return new Promise((resolve) => {
		const child = execFile(
			process.execPath,
			[...nodeOptions, launcher, ...argv],
			{env: {PATH: process.env['PATH'], ...env}},
			(_, out, error) => resolve({exitCode: child.exitCode, out, error}),
		);
	});
}

/** URLs of the modules loaded while the program runs. */
async function modulesLoadedFor(...argv: readonly string[]): Promise<readonly string[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sickbay-launcher-'));
	onTestFinished(() => rm(directory, {recursive: true}));
	const record = path.join(directory, 'modules');
	const {exitCode, error} = await start(['--import', preload('record-modules.mjs')], argv, {RECORD_MODULES: record});
	expect({exitCode, error}).toEqual({exitCode: 0, error: ''});
	return (await readFile(record, 'utf8')).trimEnd().split('\n');
}

describe('the launcher', () => {
	test('prints the version', async () => {
		expect(await start([], ['--version'])).toEqual({exitCode: 0, out: `${version}\n`, error: ''});
	});

	test('says a mistake on standard error and ends with 64', async () => {
		expect(await start([], ['report', '--timeout', 'soon'])).toEqual({
			exitCode: 64,
			out: '',
			error: 'sickbay: "soon" is not a duration\nWrite a number and its unit: 500ms, 20s or 2m.\n',
		});
	});

	test.each(['--help', '--version', 'help report', 'doctor -h'])(
		'loads neither the main program nor any package to answer %s',
		async (line) => {
			const modules = await modulesLoadedFor(...line.split(' '));
			expect(modules.some((url) => url.endsWith('/source/cli/parse-arguments.ts'))).toBe(true);
			expect(modules.filter((url) => url.includes('/node_modules/'))).toEqual([]);
			const folders = modules.map((url) => /\/source\/([\w-]+)\//.exec(url)?.[1]);
			expect(new Set(folders)).toEqual(new Set([undefined, 'cli', 'model', 'support']));
			expect(modules.some((url) => /\/source\/main\.tsx?$/.test(url))).toBe(false);
		},
	);

	test.each(['20.19.0', '18.0.0', '14.21.3', '8.17.0'])('on Node.js %s says that it needs a newer one', async (old) => {
		expect(await start(['--require', preload('pretend-old-node.cjs')], ['--version'], {PRETEND_NODE: old})).toEqual({
			exitCode: 64,
			out: '',
			error: `sickbay needs Node.js 22 or newer; this is v${old}\n`,
		});
	});

	test('uses no syntax that Node.js 14 cannot parse, and no static import', async () => {
		const source = await readFile(launcher, 'utf8');
		const transpile = (target: ts.ScriptTarget): string =>
			ts.transpileModule(source, {compilerOptions: {target, module: ts.ModuleKind.ESNext}}).outputText;
		const output = transpile(ts.ScriptTarget.ES2020);
		expect(output).toBe(transpile(ts.ScriptTarget.ESNext));
		expect(output).toMatch(/^#!\/usr\/bin\/env node\n/);
		expect(output).not.toMatch(/^\s*(?:import|export)\s(?!\{\};)/m);
		expect(output).not.toMatch(/\bawait\b/);
	});
});
