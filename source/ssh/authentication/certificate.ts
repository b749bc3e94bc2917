/** Reads OpenSSH user certificates (PROTOCOL.certkeys in OpenSSH's source); whether one is valid is the host's to judge. */
import {sanitiseLine} from '../../support/sanitise.ts';
import {createWireReader, wireString, wireTypeOf} from './wire.ts';

export type Certificate = {
	/** The certificate itself, in wire format. */
	readonly blob: Buffer;
	/** E.g. `ssh-ed25519-cert-v01@openssh.com`. */
	readonly type: string;
	/** The key that it certifies, in wire format. */
	readonly publicKey: Buffer;
	readonly keyId: string;
	/** False for a host certificate. */
	readonly isForUser: boolean;
	/** Milliseconds since the epoch, both null for no limit. */
	readonly validFrom: number | null;
	readonly validUntil: number | null;
};

const ending = '-cert-v01@openssh.com';

/** How many fields of the plain key stand in a certificate, after the nonce. */
const keyFields: Readonly<Record<string, number>> = {
	'ssh-ed25519': 1,
	'ssh-rsa': 2,
	'ecdsa-sha2-nistp256': 2,
	'ecdsa-sha2-nistp384': 2,
	'ecdsa-sha2-nistp521': 2,
	'sk-ssh-ed25519': 2,
	'sk-ecdsa-sha2-nistp256': 3,
};

export function isCertificateType(type: string): boolean {
	return type.endsWith(ending);
}

/** Null for what is not a certificate of a known type. */
export function parseCertificate(blob: Buffer): Certificate | null {
	const type = wireTypeOf(blob);
	if (!isCertificateType(type)) return null;
	const name = type.slice(0, -ending.length);
	const fieldCount = keyFields[name];
	if (fieldCount === undefined) return null;
	const reader = createWireReader(blob);
	reader.readString();
	reader.readString();
	const fields = Array.from({length: fieldCount}, () => reader.readString());
	if (fields.includes(null)) return null;
	reader.readLongNumber();
	const role = reader.readNumber();
	const keyId = reader.readString();
	reader.readString();
	const after = reader.readLongNumber();
	const before = reader.readLongNumber();
	if (keyId === null || after === null || before === null) return null;
	const plainType = name.startsWith('sk-') ? `${name}@openssh.com` : name;
	return {
		blob,
		type,
		publicKey: Buffer.concat([wireString(plainType), ...fields.map((field) => wireString(field ?? ''))]),
		keyId: sanitiseLine(keyId.toString('utf8'), 80),
		isForUser: role === 1,
		validFrom: toMilliseconds(after),
		validUntil: toMilliseconds(before),
	};
}

/** The line of a `-cert.pub` file; null when there is no certificate in it. */
export function parseCertificateFile(content: string): Certificate | null {
	const [, base64] = /^\s*\S+-cert-v01@openssh\.com\s+([A-Za-z0-9+/=]+)/.exec(content) ?? [];
	return base64 === undefined ? null : parseCertificate(Buffer.from(base64, 'base64'));
}

/** What makes hosts refuse it now, e.g. `expired 2026-11-20 14:00 UTC`; empty for nothing. */
export function describeValidity({validFrom, validUntil}: Certificate, now: number): string {
	if (validUntil !== null && now >= validUntil) return `expired ${formatMinute(validUntil)}`;
	if (validFrom !== null && now < validFrom) return `not valid before ${formatMinute(validFrom)}`;
	return '';
}

function formatMinute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Zero and the highest numbers stand for no limit; dates beyond JavaScript's are as good as none. */
function toMilliseconds(seconds: bigint): number | null {
	return seconds === 0n || seconds > 8_640_000_000_000n ? null : Number(seconds) * 1000;
}
