import {describe, expect, test} from 'vitest';
import type {MainInvocation} from '../../source/cli/invocation.ts';
import {run} from '../../source/cli/run.ts';
import {version} from '../../source/cli/version.ts';
import {UserError} from '../../source/model/user-error.ts';

type Outcome = {
	readonly exitCode: number;
	readonly out: string;
	readonly error: string;
	readonly asked: readonly MainInvocation[];
};

async function typed(line: string, main: () => Promise<number> = () => Promise.resolve(0)): Promise<Outcome> {
	let out = '';
	let error = '';
	const asked: MainInvocation[] = [];
	const exitCode = await run({
		argv: line === '' ? [] : line.split(' '),
		loadMain: () =>
			Promise.resolve({
				main: (invocation) => {
					asked.push(invocation);
					return main();
				},
			}),
		writeOut: (text) => (out += text),
		writeError: (text) => (error += text),
	});
	return {exitCode, out, error, asked};
}

describe('sickbay', () => {
	test('answers --version and --help itself, on standard output, with 0', async () => {
		expect(await typed('--version')).toEqual({exitCode: 0, out: `${version}\n`, error: '', asked: []});
		expect(await typed('help report')).toMatchObject({exitCode: 0, error: '', asked: []});
	});

	test('hands everything else on, and ends with the code it gets back', async () => {
		const {exitCode, asked} = await typed('report web', () => Promise.resolve(3));
		expect(exitCode).toBe(3);
		expect(asked).toMatchObject([{kind: 'report', hosts: ['web']}]);
	});

	test('says a mistake in two lines on standard error and ends with 64', async () => {
		expect(await typed('--frmat')).toEqual({
			exitCode: 64,
			out: '',
			error: 'sickbay: unknown option --frmat\nDid you mean --format?\n',
			asked: [],
		});
		const {exitCode, error} = await typed('', () => Promise.reject(new UserError('no such file')));
		expect({exitCode, error}).toEqual({exitCode: 64, error: 'sickbay: no such file\n'});
	});

	test('shows where a bug happened, with its causes, and ends with 70', async () => {
		const bug = new TypeError('not a function', {cause: new Error('deeper', {cause: 'deepest'})});
		const {exitCode, error} = await typed('', () => Promise.reject(bug));
		expect(exitCode).toBe(70);
		expect(error).toMatch(/^sickbay: an error of Sickbay itself/);
		expect(error).toContain('TypeError: not a function\n    at ');
		expect(error).toContain('caused by: Error: deeper');
		expect(error).toContain('caused by: deepest');
		expect((await typed('', () => Promise.reject('text'))).error).toContain('text');
	});
});
