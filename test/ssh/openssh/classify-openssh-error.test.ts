import {expect, test} from 'vitest';
import {classifyOpenSshError} from '../../../source/ssh/openssh/classify-openssh-error.ts';
import {createProgressReader} from '../../../source/ssh/openssh/read-progress.ts';

const host = {hostname: '127.0.0.1', port: 4022, user: 'root', proxyJump: null, proxyCommand: null};

/** What `ssh -v` of OpenSSH 9.2p1 (Debian 12) says on its way, before each failure; recorded against a real sshd. */
const connected = ['debug1: Connecting to 127.0.0.1 [127.0.0.1] port 4022.', 'debug1: Connection established.'];
const greeted = [
	...connected,
	'debug1: Remote protocol version 2.0, remote software version OpenSSH_9.2p1 Debian-2+deb12u10',
	"debug1: Authenticating to 127.0.0.1:4022 as 'root'",
];
const keyShown = [
	...greeted,
	'debug1: kex: algorithm: sntrup761x25519-sha512@openssh.com',
	'debug1: Server host key: ssh-ed25519 SHA256:Z80kpJMUB6j4815x7r/B3nYKS3Yt+wmIMz1T7LRZaHE',
];
const offered =
	'debug1: Offering public key: /home/ann/.ssh/id_ed25519 ED25519 SHA256:vJ6qhp/kk/tosO3Dqmu4vXTjOvmGcdKNTE0XOAKJqt8 explicit';

function tell(lines: readonly string[], facts: {timedOut?: boolean; via?: string; proxyCommand?: boolean} = {}) {
	const {timedOut = false, via = null, proxyCommand = false} = facts;
	const isDirect = via === null && !proxyCommand;
	const reader = createProgressReader({...host, ...(isDirect ? {} : {proxyCommand: 'a proxy'})}, () => undefined);
	reader.add(Buffer.from(lines.map((line) => `${line}\r\n`).join('')));
	return classifyOpenSshError({
		...host,
		progress: reader.current(),
		interactive: 'untried',
		via,
		proxyCommand,
		connectTimeoutMs: 8000,
		waitedMs: 20_000,
		timedOut,
		connectCommand: 'ssh web-07',
		fingerprintAt: (place) => (place === '/home/ann/.ssh/known_hosts:3' ? 'SHA256:onfile' : null),
	});
}

test.each([
	['refused', ['ssh: connect to host 127.0.0.1 port 4999: Connection refused'], 'tcp', 'connection-refused'],
	['black hole', ['ssh: connect to host 10.9.9.9 port 22: Connection timed out'], 'tcp', 'no-answer'],
	['no route', ['ssh: connect to host 10.9.9.9 port 22: No route to host'], 'tcp', 'no-route'],
	[
		'no such name',
		['ssh: Could not resolve hostname nope.invalid: Name or service not known'],
		'resolve',
		'name-not-found',
	],
	[
		'silent sshd',
		[...connected, 'Connection timed out during banner exchange', 'Connection to 127.0.0.1 port 4103 timed out'],
		'banner',
		'silent-sshd',
	],
	[
		'not SSH',
		[
			...connected,
			'debug1: kex_exchange_identification: banner line 0: HTTP/1.0 400 Bad Request',
			'kex_exchange_identification: Connection closed by remote host',
			'Connection closed by 127.0.0.1 port 4100',
		],
		'banner',
		'not-ssh',
	],
	[
		'penalty',
		[
			...connected,
			'debug1: kex_exchange_identification: banner line 0: Not allowed at this time',
			'kex_exchange_identification: Connection closed by remote host',
		],
		'banner',
		'throttled',
	],
	[
		'throttled',
		[
			...connected,
			'kex_exchange_identification: read: Connection reset by peer',
			'Connection reset by 127.0.0.1 port 4102',
		],
		'banner',
		'throttled',
	],
	[
		'no algorithm',
		[
			...greeted,
			'Unable to negotiate with 127.0.0.1 port 4022: no matching key exchange method found. Their offer: mlkem768x25519-sha256',
		],
		'key-exchange',
		'incompatible',
	],
	['unknown key', [...keyShown, 'Host key verification failed.'], 'host-key', 'host-key-unknown'],
	[
		'revoked by mark',
		[
			...keyShown,
			'@       WARNING: REVOKED HOST KEY DETECTED!               @',
			'The ED25519 host key for [127.0.0.1]:4022 is marked as revoked.',
			'Host key verification failed.',
		],
		'host-key',
		'host-key-revoked',
	],
	[
		'revoked by list',
		[
			...keyShown,
			'Host key ED25519 SHA256:Z80kpJMUB6j4815x7r/B3nYKS3Yt+wmIMz1T7LRZaHE revoked by file /etc/ssh/revoked',
			'Host key verification failed.',
		],
		'host-key',
		'host-key-revoked',
	],
	[
		'unreadable list',
		[
			...keyShown,
			'Error checking host key ED25519 SHA256:Z80 in revoked keys file /nope: No such file or directory',
			'Host key verification failed.',
		],
		'host-key',
		'bad-configuration',
	],
	['bad option', ['command-line: line 0: Bad configuration option: nosuch'], 'resolve', 'bad-configuration'],
	['no program', ['/bin/sh: 1: ssh: not found'], 'resolve', 'unsupported'],
	['cut during key exchange', [...greeted, 'Connection closed by 127.0.0.1 port 4022'], 'key-exchange', 'lost'],
] as const)('%s is told by its rung', (_name, lines, rung, code) => {
	expect(tell(lines)).toMatchObject({rung, code});
});

test('a refused login says which keys were offered and what the host accepts', () => {
	const facts = tell([
		...keyShown,
		'debug1: SSH2_MSG_NEWKEYS sent',
		'debug1: Authentications that can continue: publickey,gssapi-with-mic',
		offered,
		'root@127.0.0.1: Permission denied (publickey,gssapi-with-mic).',
	]);
	expect(facts).toMatchObject({rung: 'authentication', code: 'authentication-failed', retry: 'never'});
	expect(facts.detail).toEqual([
		'offered: ED25519 SHA256:vJ6qhp/kk/tosO3Dqmu4vXTjOvmGcdKNTE0XOAKJqt8 (/home/ann/.ssh/id_ed25519)',
		'the host accepts: publickey, gssapi-with-mic',
	]);
});

test('a changed key is told with the fingerprint shown and the one on file', () => {
	const facts = tell([
		...keyShown,
		'@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
		'Offending ED25519 key in /home/ann/.ssh/known_hosts:3',
		'Host key for [127.0.0.1]:4022 has changed and you have requested strict checking.',
		'Host key verification failed.',
	]);
	expect(facts).toMatchObject({rung: 'host-key', code: 'host-key-changed', retry: 'never'});
	expect(facts.detail).toEqual([
		'offered: ssh-ed25519 SHA256:Z80kpJMUB6j4815x7r/B3nYKS3Yt+wmIMz1T7LRZaHE',
		'expected: ED25519 SHA256:onfile (/home/ann/.ssh/known_hosts:3)',
	]);
});

test('a port closed behind a jump host is the host’s trouble, not that of the jump host', () => {
	const facts = tell(['channel 0: open failed: connect failed: Connection refused', 'stdio forwarding failed'], {
		via: 'bastion',
	});
	expect(facts).toMatchObject({rung: 'tcp', code: 'connection-refused', bastion: 'bastion'});
});

test('a proxy command that failed is told in its own words', () => {
	const facts = tell(['no way', 'kex_exchange_identification: Connection closed by remote host'], {proxyCommand: true});
	expect(facts).toMatchObject({rung: 'tcp', code: 'no-route'});
	expect(facts.detail).toContain('no way');
});

test('what a host says is drawable, whatever it says', () => {
	const facts = tell([
		...connected,
		'debug1: kex_exchange_identification: banner line 0: \u001B[2Jboo\u202E',
		'kex_exchange_identification: Connection closed by remote host',
	]);
	expect(facts.summary).not.toMatch(/[\u0000-\u001F\u202E]/);
});

test('on the way through a jump host only the rungs of the host itself count', () => {
	const rungs: string[] = [];
	const reader = createProgressReader({...host, hostname: 'inner', port: 22, proxyJump: 'bastion'}, (rung) =>
		rungs.push(rung),
	);
	reader.add(
		Buffer.from(
			[
				...keyShown,
				'debug1: SSH2_MSG_NEWKEYS sent',
				'Authenticated to 127.0.0.1 ([127.0.0.1]:4022) using "publickey".',
				'',
			].join('\n'),
		),
	);
	expect(rungs).toEqual([]);
	reader.add(
		Buffer.from("debug1: Authenticating to inner:22 as 'root'\ndebug1: Server host key: ssh-ed25519 SHA256:x\nAuthent"),
	);
	reader.add(Buffer.from('icated to inner (via proxy) using "publickey".\n'));
	expect(rungs).toEqual(['tcp', 'banner', 'key-exchange', 'authentication']);
});
