import {describe, expect, test} from 'vitest';
import {formatHostKey} from '../../source/config/host-key.ts';
import {parseHostExpression} from '../../source/config/parse-host-expression.ts';
import {userErrorOf} from './user-error-of.ts';

const targetsOf = (text: string) => parseHostExpression(text).targets;

describe('a host as typed', () => {
	test.each([
		['web', {destination: 'web'}],
		['user@host:2222', {destination: 'host', user: 'user', port: 2222}],
		['10.0.0.1', {destination: '10.0.0.1'}],
		['host:22', {destination: 'host', port: 22}],
		['DOMAIN\\user@host', {destination: 'host', user: 'DOMAIN\\user'}],
		['me@corp.com@host', {destination: 'host', user: 'me@corp.com'}],
		['[fe80::1]:22', {destination: 'fe80::1', port: 22}],
		['[fe80::1]', {destination: 'fe80::1'}],
		['user@[::1]:2222', {destination: '::1', user: 'user', port: 2222}],
		['::1', {destination: '::1'}],
		['root@fe80::1%eth0', {destination: 'fe80::1%eth0', user: 'root'}],
		['[fe80::1%eth0]:22', {destination: 'fe80::1%eth0', port: 22}],
		['ssh://user@host:2222', {destination: 'host', user: 'user', port: 2222}],
		['ssh://host', {destination: 'host'}],
		['ssh://[::1]:2222/', {destination: '::1', port: 2222}],
		['ssh://a%40b@host', {destination: 'host', user: 'a@b'}],
		['SSH://host', {destination: 'host'}],
		['ssh://local', {destination: 'local'}],
		['web_1.intern', {destination: 'web_1.intern'}],
	])('%s is %j', (text, target) => {
		expect(targetsOf(text)).toEqual([{kind: 'ssh', ...target}]);
	});

	test('"local" is the engine of this machine, not an SSH host', () => {
		expect(targetsOf('local')).toEqual([{kind: 'local'}]);
	});

	test('with a range names each host with the same user and port', () => {
		expect(targetsOf('root@web-[1-2]:2200')).toEqual([
			{kind: 'ssh', destination: 'web-1', user: 'root', port: 2200},
			{kind: 'ssh', destination: 'web-2', user: 'root', port: 2200},
		]);
	});

	test('in brackets with a colon is an address, without one a range', () => {
		expect(targetsOf('[1::3]')).toEqual([{kind: 'ssh', destination: '1::3'}]);
		expect(targetsOf('[1-3]').map(formatHostKey)).toEqual(['ssh:1', 'ssh:2', 'ssh:3']);
	});

	test('as an address with a path names the socket of its engine, as for the Docker CLI', () => {
		expect(parseHostExpression('ssh://core@host:2222/run/user/1000/podman/podman.sock')).toEqual({
			targets: [{kind: 'ssh', destination: 'host', user: 'core', port: 2222}],
			engineSocket: '/run/user/1000/podman/podman.sock',
		});
	});

	test.each([
		['', 'names no host'],
		['@host', 'is not a user name'],
		['user@', 'names no host'],
		['-oProxyCommand=evil', 'begins with "-"'],
		['root@-oProxyCommand', 'begins with "-"'],
		['-root@host', 'is not a user name'],
		['a b', 'contains " "'],
		['host;reboot', 'contains ";"'],
		['$(reboot)', 'contains "$"'],
		['`reboot`', 'contains "`"'],
		['host\n', String.raw`contains "\n"`],
		['\u001B[31mhost', 'without a "]"'],
		['web-[1-\u202E2]', 'is not a number'],
		['ho\u0007st', 'is not a host'],
		['ho\u202Est', 'invisible'],
		['ro\u202Eot@host', 'is not a user name'],
		['web-*', 'contains "*"'],
		['a,b', 'contains ","'],
		['host/path', 'contains "/"'],
		['host:', 'is not a port'],
		['host:0', 'is not a port'],
		['host:65536', 'is not a port'],
		['host:ssh', 'is not a port'],
		['a:b:c', 'more than one ":"'],
		['[zz::1]:22', 'is not an IPv6 address'],
		['tcp://host:2375', 'tcp:// is not a way to reach a host'],
		['https://host', 'https:// is not a way to reach a host'],
		['ssh://', 'names no host'],
		['ssh://host/run/\u001Bx', 'control or invisible'],
	])('%j is refused: %s', (text, problem) => {
		const {message, hint} = userErrorOf(() => parseHostExpression(text));
		expect(message).toContain(problem);
		expect(hint).toContain('Write');
		expect(`${message}${hint}`).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/);
	});

	test('longer than any name is refused', () => {
		expect(userErrorOf(() => parseHostExpression('x'.repeat(300))).message).toContain('longer than 255');
	});

	test.each(['root:hunter2@host', 'ssh://root:hunter2@host', 'ssh://root:hun/ter2@host', 'hunter2:x@y@host:1:2'])(
		'%s with a password is refused without repeating the password',
		(text) => {
			const {message} = userErrorOf(() => parseHostExpression(text));
			expect(message).toBe('a host cannot carry a password');
		},
	);
});

describe('the key of a host', () => {
	test.each([
		['web', 'ssh:web'],
		['root@web:2222', 'ssh:root@web:2222'],
		['[fe80::1]:22', 'ssh:[fe80::1]:22'],
		['::1', 'ssh:::1'],
		['local', 'local'],
		['ssh://local', 'ssh:local'],
	])('%s is %s', (text, key) => {
		expect(targetsOf(text).map(formatHostKey)).toEqual([key]);
	});

	test('can be typed again, and is then the same', () => {
		for (const text of ['web', 'root@web:2222', '[fe80::1]:22', 'u@::1', 'a@b@c:1']) {
			const [key = ''] = targetsOf(text).map(formatHostKey);
			expect(targetsOf(key.slice('ssh:'.length)).map(formatHostKey)).toEqual([key]);
		}
	});
});
