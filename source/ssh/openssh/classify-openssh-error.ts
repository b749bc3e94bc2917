/** The table from what the installed `ssh` said when it gave up to the broken rung a person reads; pure. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {tellOutcome} from '../authentication/describe-authentication-failure.ts';
import {
	classifyForwardError,
	classifyHandshakeError,
	classifyLookupError,
	classifyProxyError,
	classifyTcpError,
} from '../classify-connect-error.ts';
import {describeOpenSshHostKeyFailure} from './describe-openssh-host-key-failure.ts';
import type {OpenSshFailure} from './openssh-failure.ts';

type Row = readonly [pattern: RegExp, tell: (match: RegExpExecArray, failure: OpenSshFailure) => LadderErrorFacts];

/** The first row that matches any line counts: specific words before the general ones that follow them. */
const table: readonly Row[] = [
	[
		/^(?:.*: )?(?:line \d+: )?(Bad configuration option|Bad owner or permissions|Can't open user config file).*/,
		badConfiguration,
	],
	[/^(?:.*: )?line \d+: .*|^terminating, \d+ bad configuration options$/, badConfiguration],
	[/(?:^|: )ssh: (?:not found|command not found)$/, () => noProgram()],
	[
		/Could not resolve hostname (\S+): (.*)/,
		([, name = '', words = '']) => classifyLookupError(name, /temporary/i.test(words) ? 'EAI_AGAIN' : 'ENOTFOUND'),
	],
	[
		/host key .*changed|marked as revoked|revoked by file|in revoked keys file|Host key verification failed|host key is known for/i,
		(_, failure) => describeOpenSshHostKeyFailure(failure),
	],
	[/Too many authentication failures/, (match, failure) => authenticationFailed(failure, match[0])],
	[/Permission denied \((.*)\)/, (_, failure) => authenticationFailed(failure, '')],
	[/(?:channel \d+: open failed: )(.*)/, ([, words = ''], {via, port}) => classifyForwardError(via ?? '', words, port)],
	[
		/no matching .* found\..*|Unable to negotiate.*|Bad remote protocol version.*/,
		([words], failure) => incompatible(words, failure),
	],
	[/Connection refused/, (_, failure) => tcpError('ECONNREFUSED', failure)],
	[/No route to host/, (_, failure) => tcpError('EHOSTUNREACH', failure)],
	[/Network is unreachable/, (_, failure) => tcpError('ENETUNREACH', failure)],
	[/port \d+: (?:Connection|Operation) timed out/, (_, failure) => tcpError('ETIMEDOUT', failure)],
	[/timed out during banner exchange/, (_, failure) => classifyByRung({...failure, timedOut: true})],
];

export function classifyOpenSshError(failure: OpenSshFailure): LadderErrorFacts {
	// Sickbay ended this ssh itself: what it said last is no reason.
	if (failure.interactive === 'declined' || failure.interactive === 'password-expired') {
		return authenticationFailed(failure, '');
	}
	for (const [pattern, tell] of table) {
		for (const line of failure.progress.said) {
			const match = pattern.exec(line);
			if (match !== null) return tell(match, failure);
		}
	}
	return classifyByRung(failure);
}

function tcpError(code: string, {port, connectTimeoutMs}: OpenSshFailure): LadderErrorFacts {
	return classifyTcpError(code, port, connectTimeoutMs);
}

function badConfiguration([words]: RegExpExecArray): LadderErrorFacts {
	return {
		rung: 'resolve',
		code: 'bad-configuration',
		summary: `SSH configuration: ${sanitiseLine(words, 200)}`,
		advice: 'Correct the SSH configuration, then refresh.',
		retry: 'never',
	};
}

function noProgram(): LadderErrorFacts {
	return {
		rung: 'resolve',
		code: 'unsupported',
		summary: 'the ssh program, which this host needs, is not installed here',
		advice: 'Install the OpenSSH client (Debian: openssh-client).',
		retry: 'never',
	};
}

function incompatible(words: string, {progress}: OpenSshFailure): LadderErrorFacts {
	return {
		rung: 'key-exchange',
		code: 'incompatible',
		summary: `no common SSH algorithm: ${sanitiseLine(words, 200)}`,
		detail: progress.said.slice(-5),
		advice:
			'Neither this program nor the installed ssh shares an algorithm with the host: update the older of the two.',
		retry: 'never',
	};
}

function authenticationFailed({progress, user, interactive}: OpenSshFailure, words: string): LadderErrorFacts {
	const {offered} = progress;
	const methods = progress.methods?.split(',') ?? null;
	const account = sanitiseLine(user, 60);
	const none = offered.length === 0 ? `no key to offer for ${account}` : `no key accepted for ${account}`;
	const told = tellOutcome(account, interactive, {offered, methods: () => methods, partial: () => false}) ?? {
		summary: `SSH: ${words === '' ? none : words}`,
		advice: `\`ssh-add\` the key (a locked one can be opened only by a person at a terminal), or add one to ${account}'s authorized_keys on the host.`,
	};
	return {
		rung: 'authentication',
		code: 'authentication-failed',
		...told,
		detail: [
			...offered.map((label) => `offered: ${label}`),
			...(methods === null ? [] : [`the host accepts: ${methods.join(', ')}`]),
		],
		retry: 'never',
	};
}

/** For what ssh has no words of its own: how far it got says what broke. */
function classifyByRung(failure: OpenSshFailure): LadderErrorFacts {
	const {progress, timedOut, port, waitedMs, connectTimeoutMs} = failure;
	const {reached, said} = progress;
	switch (reached) {
		case 'banner':
		case 'key-exchange':
		case 'host-key':
		case 'tcp': {
			const greeting = said
				.flatMap((line) => /banner line \d+: (.*)/.exec(line)?.[1] ?? [])
				.filter((line) => line !== '')
				.join('\n');
			const message = said.at(-1) ?? '';
			const error = timedOut ? {message, level: 'client-timeout'} : {message};
			return classifyHandshakeError({reached, port, waitedMs, error, greeting});
		}
		default:
			if (failure.proxyCommand) return classifyProxyError(said.join('\n'), timedOut ? connectTimeoutMs : null);
			if (timedOut) return tcpError('ETIMEDOUT', failure);
			return {
				...classifyTcpError(undefined, port, connectTimeoutMs),
				summary: `ssh gave up: ${said.at(-1) ?? 'it does not say why'}`,
				detail: said.slice(-5),
			};
	}
}
