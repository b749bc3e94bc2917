/** Says why a host key was not accepted, with the fingerprints and the place a person needs to decide. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import {shellQuote} from '../../support/shell-quote.ts';
import {formatFingerprint} from './fingerprint.ts';
import {wireKeyType, type KnownHostsEntry} from './parse-known-hosts.ts';
import {lookupNameOf, type HostKeyNames, type HostKeyVerdict} from './verify-host-key.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

/** `connectCommand` is the `ssh …` a person would type to be asked about the key. */
export function describeHostKeyFailure(
	verdict: Exclude<HostKeyVerdict, {kind: 'known'}>,
	key: Buffer,
	names: HostKeyNames,
	connectCommand: string,
): LadderErrorFacts {
	const offered = `offered: ${describeHostKey(key)}`;
	const shared = {rung: 'host-key' as const, retry: 'never' as const};
	switch (verdict.kind) {
		case 'unknown':
			if (verdict.authority !== null) return describeAuthority(verdict.authority, key);
			return {
				...shared,
				code: 'host-key-unknown',
				summary: 'SSH: host key unknown',
				detail: [offered],
				advice: `Connect once with \`${connectCommand}\` and check the fingerprint before answering yes.`,
			};
		case 'changed':
			return {
				...shared,
				code: 'host-key-changed',
				summary: 'SSH: host key changed',
				detail: [
					offered,
					...verdict.entries.slice(0, 8).map((entry) => `expected: ${describeHostKey(entry.key)} (${placeOf(entry)})`),
				],
				advice: `Someone may be in between, or the host was reinstalled: find out which, then remove the old key${removal(verdict.entries, names)}.`,
			};
		case 'revoked':
			return {
				...shared,
				code: 'host-key-revoked',
				summary: 'SSH: host key revoked',
				detail: [offered, `revoked: ${placeOf(verdict.entry)}`],
				advice: 'The key was marked as compromised: the host needs a new one, or it is not the host.',
			};
	}
}

function describeAuthority(authority: KnownHostsEntry, key: Buffer): LadderErrorFacts {
	return {
		rung: 'host-key',
		code: 'unsupported',
		summary: 'SSH: signed host keys (@cert-authority) are not supported',
		detail: [`offered: ${describeHostKey(key)}`, `authority: ${placeOf(authority)}`],
		advice: `Add the host's own key to known_hosts beside its authority, once its fingerprint is checked.`,
		retry: 'never',
	};
}

/** The command that takes the old key out, with the name as it stands in the file. */
function removal([entry]: readonly KnownHostsEntry[], names: HostKeyNames): string {
	if (entry === undefined) return '';
	return ` with \`ssh-keygen -f ${shellQuote(entry.file)} -R ${shellQuote(lookupNameOf(names))}\``;
}

/** `ssh-ed25519 SHA256:…` */
export function describeHostKey(key: Buffer): string {
	return `${sanitiseLine(wireKeyType(key), 60)} ${formatFingerprint(key)}`;
}

/** `file:line`; keys accepted by hand have no line. */
export function placeOf(entry: KnownHostsEntry): string {
	return entry.line === 0 ? entry.file : `${entry.file}:${entry.line}`;
}
