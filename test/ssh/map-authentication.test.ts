/** What an SSH configuration says about logging in. */
import {expect, test} from 'vitest';
import {mapAuthentication} from '../../source/ssh/resolve/map-authentication.ts';
import {parseSshDump} from '../../source/ssh/resolve/parse-ssh-dump.ts';

const map = (dump: string) => mapAuthentication(parseSshDump(dump), (file) => file.replace('~', '/home/ann'));

test('the ways to log in are those the configuration allows, in its order', () => {
	expect(map('passwordauthentication no\npreferredauthentications keyboard-interactive,password,publickey\n')).toEqual({
		authenticationMethods: ['keyboard-interactive', 'publickey'],
	});
	expect(map('pubkeyauthentication false\nnumberofpasswordprompts 1\n')).toEqual({
		authenticationMethods: ['keyboard-interactive', 'password'],
		passwordPrompts: 1,
	});
});

test('PubkeyAuthentication has words beside yes and no, which all mean yes', () => {
	expect(map('pubkeyauthentication unbound\npreferredauthentications publickey\n').authenticationMethods).toEqual([
		'publickey',
	]);
});

test('under BatchMode nobody is asked', () => {
	expect(map('batchmode yes\n').passwordPrompts).toBe(0);
});

test('certificates that are named are found', () => {
	expect(map('certificatefile ~/.ssh/one-cert.pub\ncertificatefile none\n').certificateFiles).toEqual([
		'/home/ann/.ssh/one-cert.pub',
	]);
	expect(map('')).toEqual({});
});
