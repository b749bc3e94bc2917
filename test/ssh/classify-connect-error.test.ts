import {expect, test} from 'vitest';
import {
	classifyForwardError,
	classifyHandshakeError,
	classifyLookupError,
	classifyProxyError,
	classifyTcpError,
	type HandshakeFailure,
} from '../../source/ssh/classify-connect-error.ts';

test.each([
	['ECONNREFUSED', 'connection-refused', 'connection refused on port 22: host is up, sshd is not listening'],
	['ETIMEDOUT', 'no-answer', 'no answer on port 22 in 8 s: packets dropped or host down'],
	['EHOSTUNREACH', 'no-route', 'no route to host (EHOSTUNREACH)'],
	['ENETUNREACH', 'no-route', 'no route to host (ENETUNREACH)'],
	['EPERM', 'no-route', 'connection blocked by this machine (EPERM)'],
	['ECONNRESET', 'throttled', 'sshd closes the connection at once, before saying anything'],
	['EWEIRD', 'no-route', 'cannot connect to port 22 (EWEIRD)'],
	[undefined, 'no-route', 'cannot connect to port 22'],
])('a TCP connection that ends in %s', (code, reason, summary) => {
	expect(classifyTcpError(code, 22, 8000)).toMatchObject({code: reason, summary});
});

test('a name server that does not answer is not blamed on the name', () => {
	expect(classifyLookupError('web-07', 'ENOTFOUND').summary).toBe('name not found: web-07');
	expect(classifyLookupError('web-07', 'EAI_AGAIN').summary).toBe('name server does not answer: web-07');
});

const handshake: HandshakeFailure = {reached: 'tcp', port: 22, waitedMs: 15_000, error: null, greeting: ''};
const timeout = {message: 'Timed out while waiting for handshake', level: 'client-timeout'};

// Levels and messages as ssh2 1.17 gives them for each fault.
test.each<[string, Partial<HandshakeFailure>, string, string, string]>([
	['accepted, then nothing', {error: timeout}, 'banner', 'silent-sshd', 'slowly'],
	[
		'accepted, then closed',
		{error: {message: 'Connection lost before handshake', level: 'protocol'}},
		'banner',
		'throttled',
		'slowly',
	],
	[
		'accepted, then reset',
		{error: {message: 'read ECONNRESET', level: 'client-socket'}},
		'banner',
		'throttled',
		'slowly',
	],
	['penalised', {greeting: 'Not allowed at this time\r\n'}, 'banner', 'throttled', 'slowly'],
	['over MaxStartups', {greeting: 'Exceeded MaxStartups\r\n'}, 'banner', 'throttled', 'slowly'],
	['a mail server', {greeting: '220 mail ESMTP\r\n', error: timeout}, 'banner', 'not-ssh', 'slowly'],
	['greeted, then nothing', {reached: 'banner', error: timeout}, 'key-exchange', 'silent-sshd', 'slowly'],
	[
		'greeted, then cut',
		{reached: 'banner', error: {message: 'read ECONNRESET', level: 'client-socket'}},
		'key-exchange',
		'lost',
		'slowly',
	],
	[
		'no common key exchange',
		{reached: 'banner', error: {message: 'Handshake failed: no matching key exchange algorithm', level: 'handshake'}},
		'key-exchange',
		'incompatible',
		'never',
	],
	['slow login', {reached: 'host-key', error: timeout}, 'authentication', 'silent-sshd', 'slowly'],
	['cut while logging in', {reached: 'host-key'}, 'authentication', 'lost', 'slowly'],
])('a handshake: %s', (_what, facts, rung, code, retry) => {
	expect(classifyHandshakeError({...handshake, ...facts})).toMatchObject({rung, code, retry});
});

test.each([
	['(SSH) Channel open failure: Connection refused', 'connection-refused'],
	['(SSH) Channel open failure: Connection timed out', 'no-answer'],
	['(SSH) Channel open failure: Name or service not known', 'name-not-found'],
	['(SSH) Channel open failure: administratively prohibited', 'no-route'],
	['(SSH) Channel open failure: open failed', 'no-route'],
])('a jump host that answers %j', (message, code) => {
	expect(classifyForwardError('bastion', message, 22)).toMatchObject({rung: 'tcp', code});
});

test('what a host or a proxy says never carries control characters into a reason', () => {
	const nasty = 'x\u001B[2J\u202Ey\u0007\nsecond';
	const facts = [
		classifyHandshakeError({...handshake, greeting: nasty}),
		classifyHandshakeError({...handshake, reached: 'banner', error: {message: nasty}}),
		classifyForwardError(nasty, nasty, 22),
		classifyProxyError(nasty, null),
		classifyLookupError(nasty, undefined),
	];
	for (const {summary, detail} of facts) {
		for (const line of [summary, ...(detail ?? [])]) expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/);
	}
});
