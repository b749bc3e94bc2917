import {describe, expect, test} from 'vitest';
import {parseConfigFile} from '../../source/config/parse-config-file.ts';
import {outcomeOf, userErrorOf} from './user-error-of.ts';

const parse = (text: string) => parseConfigFile(text, 'config.yaml');
const mistakeIn = (text: string) => userErrorOf(() => parse(text));

describe('a configuration file', () => {
	test('that is empty, or all comments, says nothing', () => {
		expect(parse('')).toEqual({});
		expect(parse('# hosts:\n#   - web\n')).toEqual({});
	});

	test('may use everything it can', () => {
		const text = `
hosts:
  - root@web-[01-02]
  - host: db-01
    name: main database
    user: admin
    port: 2222
    identityFile: [~/.ssh/a, keys/b]
    labels: {env: prod, rack: 12, spare: false}
    groups: [db, prod]
    engineSocket: /run/podman/podman.sock
    sudo: never
  - {host: local, labels: {env: laptop}}
sources: {sshConfig: false, dockerContexts: false, localEngine: false}
exclude: ['*.old', jump]
sudo: auto
ssh: {configFile: none}
ui: {ascii: true}
`;
		expect(parse(text)).toMatchObject({hosts: [expect.any(String), {port: 2222}, {host: 'local'}], ui: {ascii: true}});
	});

	test('may share settings by anchors and merge keys', () => {
		expect(parse('hosts:\n  - &web {host: a, groups: [web]}\n  - {<<: *web, host: b}\n')).toEqual({
			hosts: [
				{host: 'a', groups: ['web']},
				{host: 'b', groups: ['web']},
			],
		});
	});

	test.each([
		['hots: []', '1:1: unknown key hots', 'Did you mean hosts?'],
		['sudo: auto\nhosts:\n  - host: a\n    lables: {}\n', '4:5: unknown key hosts[0].lables', 'Did you mean labels?'],
		['sources:\n  sshconfig: true\n', '2:3: unknown key sources.sshconfig', 'Did you mean sshConfig?'],
		[
			'zzz: 1',
			'1:1: unknown key zzz',
			'Known here: hosts, sources, exclude, sudo, ssh, signatures, prune, readOnly, ui.',
		],
		['constructor: 1', '1:1: unknown key constructor', 'Known here:'],
		['__proto__: {sudo: never}', '1:1: unknown key __proto__', 'Known here:'],
	])('%j with a key nobody knows is told where, and which may have been meant', (text, message, hint) => {
		const mistake = mistakeIn(text);
		expect(mistake.message).toBe(`config.yaml:${message}`);
		expect(mistake.hint).toContain(hint);
	});

	test.each([
		['sudo: nver', '1:7: sudo: expected auto or never, found the text "nver"', 'Did you mean never?'],
		['sources: {sshConfig: yes}', '1:22: sources.sshConfig: expected true or false, found the text "yes"', undefined],
		['hosts: {a: 1}', '1:8: hosts: expected a list, found a map', undefined],
		['hosts:\n', '1:7: hosts: expected a list, found nothing', 'Give it a value, or remove the key.'],
		['hosts:\n  - 3\n', '2:5: hosts[0]: expected a text or a map, found 3', undefined],
		['hosts:\n  - name: x\n', '2:5: hosts[0].host: is missing', undefined],
		['hosts: [{host: a, port: "22"}]', '1:25: hosts[0].port: expected a number, found the text "22"', undefined],
		['hosts: [{host: a, port: 70000}]', '1:25: hosts[0].port: must be at most 65535', undefined],
		['hosts: [{host: a, port: 1.5}]', '1:25: hosts[0].port: expected a whole number, found 1.5', undefined],
		['hosts: [{host: a, engineSocket: run/x}]', '1:33: hosts[0].engineSocket: the path of a socket', undefined],
		['hosts: [{host: a, groups: ["a b"]}]', '1:28: hosts[0].groups[0]: a group is named with', undefined],
		['hosts: [{host: a, labels: {b: [1]}}]', '1:31: hosts[0].labels.b: expected a text or a number or', undefined],
		['hosts: [{host: "r@a", user: x}]', '1:29: hosts[0].user: host already says so', undefined],
		['hosts: [{host: a, user: "-x"}]', '1:25: hosts[0].user: "-x" in "-x" is not a user name', 'Write hosts'],
		['hosts: [{host: local, port: 22}]', '1:29: hosts[0].port: the local engine is not reached', undefined],
		['hosts: [{host: "a[1-2]", name: x}]', '1:32: hosts[0].name: one name cannot be given', undefined],
		['hosts: [{host: a, labels: {b: "\\e"}}]', '1:31: hosts[0].labels.b: it holds control', undefined],
		['hosts: [{host: a, labels: {"\\e": b}}]', '1:27: hosts[0].labels: it holds control', undefined],
		['hosts: [{host: a, name: "x\\e[31m"}]', '1:25: hosts[0].name: it holds control or invisible', undefined],
		['- a', '1:1: the file must be a map of settings, found a list', undefined],
		['only words', '1:1: the file must be a map of settings, found the text', undefined],
	])('%j with a wrong value is told line, column and key', (text, message, hint) => {
		const mistake = mistakeIn(text);
		expect(mistake.message).toContain(`config.yaml:${message}`);
		expect(mistake.hint?.slice(0, hint?.length)).toBe(hint);
	});

	test('with a host ssh would refuse is told where it stands and why', () => {
		expect(mistakeIn('hosts:\n  - web\n  - "a b"\n').message).toBe(
			'config.yaml:3:5: hosts[1]: "a b" is not a host: it contains " "',
		);
		expect(mistakeIn('hosts:\n  - host: web-[3-1]\n').message).toBe(
			'config.yaml:2:11: hosts[0].host: "3-1" in "web-[3-1]" counts down',
		);
	});

	test('with several problems is told the first and how many more there are', () => {
		expect(mistakeIn('hosts:\n  - hots: x\n    port: "22"\nzzz: 1\n')).toEqual({
			message: 'config.yaml:2:5: unknown key hosts[0].hots (and 3 more problems in this file)',
			hint: 'Did you mean host?',
		});
	});

	test('with thousands of problems is told the first without a long wait', () => {
		const unknownKeys = Array.from({length: 40_000}, (_, index) => `k${index}: 1\n`).join('');
		expect(mistakeIn(unknownKeys).message).toBe(
			'config.yaml:1:1: unknown key k0 (and many more problems in this file)',
		);
		expect(mistakeIn(`hosts:\n${'  - {x: 1}\n'.repeat(9000)}`).message).toContain('and many more problems');
		expect(mistakeIn(`hosts: ["${'['.repeat(500_000)}"]`).message).toContain('is longer than any host');
	});

	test.each([
		['hosts:\n\t- web\n', '2:1: YAML does not allow tabs for indentation: use spaces'],
		['sudo: auto\nui: {}\nsudo: never\n', '3:1: this key is given twice'],
		['hosts:\n  - {host: a, host: b}\n', '2:15: this key is given twice'],
		['hosts: [web\n', 'not valid YAML: '],
		['hosts: "web\n', 'not valid YAML: '],
		['sudo: auto\n---\nsudo: never\n', '2:1: a configuration is one YAML document'],
		['hosts: *others\n', '1:8: "*others" is an alias without an anchor'],
		['hosts: !!js/function "x"\n', '1:8: not valid YAML: Unresolved tag'],
	])('%j that is not good YAML is told where', (text, message) => {
		expect(mistakeIn(text).message).toContain(message);
		expect(mistakeIn(text).message).toMatch(/^config\.yaml:\d+:\d+: /);
	});

	test('nested deeper than any configuration is refused', () => {
		for (const text of ['['.repeat(50_000), '{a: '.repeat(20_000), '- '.repeat(20_000)]) {
			expect(mistakeIn(`hosts: ${text}`).message).toMatch(/^config\.yaml:.*(nested too deeply|not valid YAML)/);
		}
	});

	test('whose aliases would fill the memory is refused', () => {
		const levels = Array.from({length: 12}, (_, level) => {
			const inner = level === 0 ? 'x' : `*l${level - 1}`;
			return `l${level}: &l${level} [${Array.from({length: 10}, () => inner).join(', ')}]`;
		});
		expect(mistakeIn(levels.join('\n')).message).toBe('config.yaml: its YAML aliases expand without end');
	});

	test('with an unquoted pattern is told to quote it', () => {
		expect(mistakeIn('exclude:\n  - web\n  - *.old\n')).toEqual({
			message: 'config.yaml:3:5: "*.old" is an alias without an anchor',
			hint: 'If it is a pattern, write it in quotes: "*.old"',
		});
	});

	test('an alias inside its own anchor does not hang the program', () => {
		expect(mistakeIn('hosts: &all [web, *all]').message).toContain('config.yaml:1:');
	});

	test('escape sequences in it never reach the terminal by way of the message', () => {
		for (const text of ['"a\\e[31mb": 1', 'sudo: "\\e]0;x\\a"', 'hosts: ["\\e[2J"]', '\u001B[2J: 1', 'a: "\u0007']) {
			const {message, hint} = mistakeIn(text);
			expect(`${message}${hint ?? ''}`).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
		}
	});

	test('of random bytes is a mistake or a configuration, never a crash', () => {
		const pieces = [
			'hosts',
			':',
			' ',
			'\n',
			'- ',
			'[',
			']',
			'{',
			'}',
			'"',
			"'",
			'&a',
			'*a',
			'!',
			'|',
			'>',
			'?',
			'%',
			'\t',
			'<<',
			'#',
			'---',
			'\0',
			'\uFFFD',
		];
		let seed = 5;
		for (let round = 0; round < 1500; round++) {
			let text = '';
			for (let index = 0; index < 20; index++) {
				seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
				text += pieces[Math.floor((seed / 2_147_483_648) * pieces.length)];
			}
			const {value, message} = outcomeOf(() => parse(text));
			expect(value === undefined ? message?.startsWith('config.yaml:') : typeof value === 'object').toBe(true);
		}
	});
});
