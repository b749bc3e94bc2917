import {describe, expect, test} from 'vitest';
import {parseArguments} from '../../source/cli/parse-arguments.ts';
import {UserError} from '../../source/model/user-error.ts';

/** As typed after `sickbay`, split at spaces. */
const parse = (line: string) => parseArguments(line === '' ? [] : line.split(' '));

function mistakeIn(argv: readonly string[]): {readonly message: string; readonly hint: string | undefined} {
	try {
		parseArguments(argv);
	} catch (error) {
		if (error instanceof UserError) return {message: error.message, hint: error.hint};
		throw error;
	}
	throw new Error('expected a mistake');
}

const everyHost = {hosts: [], demoSize: null, configFile: null, sshConfigFile: null, noSudo: false};

describe('a person who types', () => {
	test('nothing gets the board of all hosts', () => {
		expect(parse('')).toEqual({kind: 'board', ...everyHost, ascii: false, readOnly: false});
	});

	test('hosts gets the board of those', () => {
		expect(parse('user@host:2222 web-[01-40] @db')).toMatchObject({
			kind: 'board',
			hosts: ['user@host:2222', 'web-[01-40]', '@db'],
		});
	});

	test('explain gets files, and no host', () => {
		expect(parse('explain')).toEqual({
			kind: 'explain',
			files: [],
			format: 'text',
			configFile: null,
			kernelRelease: null,
		});
		expect(parse('explain --kernel 3.10.0-957.el7.x86_64 --format json kern.log.1 -')).toMatchObject({
			files: ['kern.log.1', '-'],
			format: 'json',
			kernelRelease: '3.10.0-957.el7.x86_64',
		});
	});

	test('report or doctor gets those, with 20 seconds and text unless told otherwise', () => {
		expect(parse('report')).toEqual({kind: 'report', ...everyHost, format: 'text', timeoutMs: 20_000});
		expect(parse('doctor web')).toEqual({
			kind: 'doctor',
			...everyHost,
			hosts: ['web'],
			format: 'text',
			timeoutMs: 20_000,
		});
	});

	test('every option gets what it says', () => {
		expect(parse('report --config c.yaml -F ssh.conf --format json --timeout 500ms --no-sudo --demo=3 web')).toEqual({
			kind: 'report',
			hosts: ['web'],
			demoSize: 3,
			configFile: 'c.yaml',
			sshConfigFile: 'ssh.conf',
			noSudo: true,
			format: 'json',
			timeoutMs: 500,
		});
		expect(parse('--ascii')).toMatchObject({kind: 'board', ascii: true});
	});

	test.each(['-F none', '-Fnone', '--ssh-config none', '--ssh-config=none', '-F first -F none'])(
		'%s gets no SSH configuration',
		(line) => {
			expect(parse(line)).toMatchObject({sshConfigFile: 'none'});
		},
	);

	test('options anywhere, before the command and after the hosts, gets the same', () => {
		const expected = {kind: 'report', hosts: ['web'], demoSize: 12, format: 'markdown'};
		for (const line of ['--demo report web --format markdown', 'report web --demo --format=markdown']) {
			expect(parse(line)).toMatchObject(expected);
		}
	});

	test('--demo gets a dozen hosts, --demo=N gets N, and a word after it stays a host', () => {
		expect(parse('--demo')).toMatchObject({demoSize: 12, hosts: []});
		expect(parse('--demo=200')).toMatchObject({demoSize: 200});
		expect(parse('--demo=1000')).toMatchObject({demoSize: 1000});
		expect(parse('--demo ci-14')).toMatchObject({demoSize: 12, hosts: ['ci-14']});
	});

	test('-- can name hosts like commands and options', () => {
		expect(parse('-- report --help -x')).toMatchObject({kind: 'board', hosts: ['report', '--help', '-x']});
		expect(parse('report -- doctor')).toMatchObject({kind: 'report', hosts: ['doctor']});
		expect(parse('web report')).toMatchObject({kind: 'board', hosts: ['web', 'report']});
	});

	test.each([
		['--help', 'board'],
		['-h', 'board'],
		['report --help', 'report'],
		['--help doctor', 'doctor'],
		['help', 'board'],
		['help report', 'report'],
		['web --help', 'board'],
		['--nonsense --help', 'board'],
	])('%s gets the help of the %s', (line, topic) => {
		expect(parse(line)).toEqual({kind: 'help', topic});
	});

	test.each(['--version', '-V', 'report --version', '--version --nonsense'])('%s gets the version', (line) => {
		expect(parse(line)).toEqual({kind: 'version'});
	});

	test.each([
		['--frmat json', 'unknown option --frmat', 'Did you mean --format?'],
		['--no-sodu', 'unknown option --no-sodu', 'Did you mean --no-sudo?'],
		['-config x', 'unknown option -config', 'Did you mean --config?'],
		['--conf x', 'unknown option --conf', 'Did you mean --config?'],
		['--frmat=json', 'unknown option --frmat', 'Did you mean --format?'],
		['-Z', 'unknown option -Z', 'See "sickbay --help" for the options.'],
		['--all-of-it', 'unknown option --all-of-it', 'See "sickbay --help" for the options.'],
		[
			'--format json',
			'--format does not apply here',
			'It belongs to "sickbay report" and "sickbay doctor" and "sickbay explain" and "sickbay prune".',
		],
		[
			'explain --no-sudo x',
			'--no-sudo does not apply here',
			'It belongs to the board ("sickbay" alone) and "sickbay report" and "sickbay doctor" and "sickbay prune".',
		],
		['explain --format markdown', '--format takes text or json, not "markdown"', undefined],
		['report --ascii', '--ascii does not apply here', 'It belongs to the board ("sickbay" alone).'],
		['report --format jsn', '--format takes text or json or markdown, not "jsn"', 'Did you mean json?'],
		['doctor --format markdown', '--format takes text or json, not "markdown"', undefined],
		['report --timeout 20', '"20" is not a duration', 'Write a number and its unit: 500ms, 20s or 2m.'],
		['--config', '--config needs a value', 'Write --config FILE.'],
		['--config --ascii', '--config needs a value', 'Write --config FILE.'],
		['--config=', '--config needs a value', 'Write --config FILE.'],
		['-F', '-F needs a value', 'Write -F FILE.'],
		['--ascii=yes', '--ascii takes no value', 'Write only --ascii.'],
		['--demo=', '--demo needs a value', 'Write --demo=N.'],
		['--demo=0', '--demo=N takes a number of hosts from 1 to 1000, not "0"', undefined],
		['--demo=1001', '--demo=N takes a number of hosts from 1 to 1000, not "1001"', undefined],
		['--demo=1e2', '--demo=N takes a number of hosts from 1 to 1000, not "1e2"', undefined],
		['--demo 200', '200 is not a host of the demo fleet', 'Its size is written --demo=200.'],
	])('%s is told: %s', (line, message, hint) => {
		expect(mistakeIn(line.split(' '))).toEqual({message, hint});
	});

	test('control characters never gets them back in the message', () => {
		for (const argument of ['--\u001B[2J', '-\u0007', '--demo=\u001B[31m', '--\u202Econfig']) {
			const {message, hint} = mistakeIn([argument]);
			expect(`${message}${hint ?? ''}`).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/);
		}
	});

	test('random words and dashes gets an invocation or a mistake, never a crash', () => {
		const words = [
			'--',
			'-',
			'---',
			'-=',
			'--=',
			'--demo',
			'--demo=',
			'-F',
			'-hF',
			'-V',
			'-FV',
			'',
			' ',
			'report',
			'--no-ascii',
			'--no-demo',
			'--help=1',
			'--__proto__',
			'--constructor=1',
			'-\uD800',
			'--format',
			'json',
		];
		const kinds = new Set<string>();
		let seed = 3;
		for (let round = 0; round < 2000; round++) {
			const argv: string[] = [];
			for (let index = 0; index < round % 5; index++) {
				seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
				argv.push(words[Math.floor((seed / 2_147_483_648) * words.length)] ?? '');
			}
			try {
				kinds.add(parseArguments(argv).kind);
			} catch (error) {
				if (!(error instanceof UserError)) throw error;
				kinds.add('mistake');
			}
		}
		expect([...kinds].sort()).toEqual(['board', 'help', 'mistake', 'report', 'version']);
	});
});
