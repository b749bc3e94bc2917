/** Says why the installed `ssh` did not accept a host's key, with the fingerprints it showed and those on file. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import type {OpenSshFailure} from './openssh-failure.ts';

const places = 8;

export function describeOpenSshHostKeyFailure(failure: OpenSshFailure): LadderErrorFacts {
	const {progress, connectCommand} = failure;
	const said = (pattern: RegExp): string | undefined => progress.said.find((line) => pattern.test(line));
	const shared = {rung: 'host-key' as const, retry: 'never' as const};
	const offered = progress.hostKey === null ? [] : [`offered: ${progress.hostKey}`];
	const unreadable = said(/in revoked keys file/i);
	if (unreadable !== undefined) {
		return {
			...shared,
			code: 'bad-configuration',
			summary: 'SSH: cannot tell whether the host key is revoked',
			detail: [...offered, unreadable],
			advice: 'Correct RevokedHostKeys in the SSH configuration: ssh, too, accepts no key while it cannot read it.',
		};
	}
	const revoked = said(/marked as revoked|revoked by file/i);
	if (revoked !== undefined) {
		return {
			...shared,
			code: 'host-key-revoked',
			summary: 'SSH: host key revoked',
			detail: [...offered, revoked],
			advice: 'The key was marked as compromised: the host needs a new one, or it is not the host.',
		};
	}
	if (said(/host key .*changed/i) !== undefined) {
		return {
			...shared,
			code: 'host-key-changed',
			summary: 'SSH: host key changed',
			detail: [...offered, ...describeExpected(failure)],
			advice: `Someone may be in between, or the host was reinstalled: find out which, then remove the old key as \`${connectCommand}\` says.`,
		};
	}
	const invalid = said(/certificate/i);
	return {
		...shared,
		code: 'host-key-unknown',
		summary: invalid === undefined ? 'SSH: host key unknown' : 'SSH: host certificate not accepted',
		detail: [...offered, ...(invalid === undefined ? [] : [invalid])],
		advice: `Connect once with \`${connectCommand}\` and check the fingerprint before answering yes.`,
	};
}

function describeExpected({progress, fingerprintAt}: OpenSshFailure): readonly string[] {
	return progress.said
		.flatMap((line) => {
			const match = /^Offending (\S+) key in (.*)$/.exec(line);
			const [, keyType = '', place = ''] = match ?? [];
			return match === null ? [] : [`expected: ${keyType} ${fingerprintAt(place) ?? 'key'} (${place})`];
		})
		.slice(0, places);
}
