/** Says what a list of revoked keys (`RevokedHostKeys`) has against a host key. */
import type {LadderErrorFacts} from '../../model/ladder-error.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {describeHostKey} from './describe-host-key-failure.ts';
import type {RevokedKeyVerdict} from './revoked-keys.ts';

/** Null when no list has anything against the key. */
export function describeRevocation(verdict: RevokedKeyVerdict | null, key: Buffer): LadderErrorFacts | null {
	if (verdict === null) return null;
	const file = sanitiseLine(verdict.file, 300);
	const shared = {rung: 'host-key' as const, retry: 'never' as const};
	const offered = `offered: ${describeHostKey(key)}`;
	switch (verdict.kind) {
		case 'revoked':
			return {
				...shared,
				code: 'host-key-revoked',
				summary: 'SSH: host key revoked',
				detail: [offered, `revoked by: ${file}`],
				advice: 'The key was marked as compromised: the host needs a new one, or it is not the host.',
			};
		case 'unreadable':
			return {
				...shared,
				code: 'bad-configuration',
				summary: `SSH: cannot tell whether the host key is revoked: ${verdict.reason}`,
				detail: [offered, `RevokedHostKeys ${file}: ${verdict.reason}`],
				advice: 'Correct RevokedHostKeys in the SSH configuration: ssh, too, accepts no key while it cannot read it.',
			};
	}
}
