/**
 * Lists the keys to offer a host in the order `ssh` offers them (sshconnect2.c, pubkey_prepare): certificates named with
 * `CertificateFile`, agent keys that the configuration names, the agent's other keys unless `IdentitiesOnly`, then key
 * files, each with the certificate beside it.
 */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {Clock} from '../../support/clock.ts';
import type {Limiter} from '../../support/limiter.ts';
import {sanitiseLine} from '../../support/sanitise.ts';
import {formatFingerprint} from '../host-keys/fingerprint.ts';
import {listAgentKeys, offerAgentKey, type AgentKey} from './agent-keys.ts';
import {describeValidity, type Certificate} from './certificate.ts';
import type {Interview} from './interview.ts';
import type {KeyRing} from './key-ring.ts';
import type {OfferedKey} from './late-signing.ts';
import {offerKeyFile} from './offer-key-file.ts';
import {publicKeyOf, readCertificateFile, type KeyFile} from './read-key-file.ts';
import {wireTypeOf} from './wire.ts';

export type Credential = {readonly key: OfferedKey; readonly label: string};

export type Credentials = {
	readonly offers: readonly Credential[];
	/** What could not be offered and why, one sanitised line each; may grow while a person is asked. */
	readonly notes: readonly string[];
	readonly agentUnavailable: boolean;
};

export type CredentialParts = {
	readonly keyRing: KeyRing;
	readonly interview: Interview;
	/** See `offerAgentKey`. */
	readonly touches: Limiter;
	readonly clock: Clock;
};

type CertificateAt = {readonly path: string; readonly certificate: Certificate};

/** All there is to choose from, and where what cannot be used is noted. */
type Found = CredentialParts & {
	readonly held: readonly AgentKey[];
	readonly socketPath: string;
	readonly files: readonly KeyFile[];
	/** By `CertificateFile`, and beside the key files. */
	readonly named: readonly CertificateAt[];
	readonly beside: readonly CertificateAt[];
	readonly notes: string[];
};

/** Never rejects: what cannot be used is noted. */
export async function gatherCredentials(resolved: ResolvedTarget, parts: CredentialParts): Promise<Credentials> {
	const {certificateFiles = []} = resolved;
	const [agent, files, named, beside] = await Promise.all([
		listAgentKeys(resolved.identityAgent, parts.clock),
		Promise.all(resolved.identityFiles.map(parts.keyRing.readFile)),
		readCertificates(certificateFiles),
		// As in ssh, these count only when none is named.
		readCertificates(certificateFiles.length > 0 ? [] : resolved.identityFiles.map(besideOf)),
	]);
	const held = agent.kind === 'keys' ? agent.keys : [];
	const socketPath = agent.kind === 'keys' ? agent.socketPath : '';
	const lost = certificateFiles.filter((path) => !named.some((found) => found.path === path));
	const notes = [
		...(agent.kind === 'unavailable' ? [sanitiseLine(agent.message, 200)] : []),
		...lost.map((path) => `${path}: no user certificate`),
		...files.filter((file) => !isHeld(held, publicKeyOf(file))).flatMap((file) => noteOf(file, parts)),
	];
	const offers = orderOffers({...parts, held, socketPath, files, named, beside, notes}, resolved.identitiesOnly);
	return {offers, notes, agentUnavailable: agent.kind === 'unavailable'};
}

function orderOffers(found: Found, identitiesOnly: boolean): readonly Credential[] {
	const {held, files, named, beside} = found;
	const isNamed = ({blob}: AgentKey): boolean =>
		files.some((file) => publicKeyOf(file)?.equals(blob)) ||
		[...named, ...beside].some(({certificate}) => certificate.blob.equals(blob));
	const others = identitiesOnly ? [] : held.filter((key) => !isNamed(key));
	return [
		...named.flatMap((entry) => offerCertificate(entry, found)),
		...[...held.filter(isNamed), ...others].map((key) =>
			fromAgent(key.blob, key.blob, labelOfAgentKey(key, found.clock.now()), found),
		),
		...files.flatMap((file) => [
			...offerPlainKey(file, found),
			...beside.filter(({path}) => path === besideOf(file.path)).flatMap((entry) => offerCertificate(entry, found)),
		]),
	];
}

function offerPlainKey(file: KeyFile, found: Found): readonly Credential[] {
	const publicKey = publicKeyOf(file);
	if (publicKey === null || isHeld(found.held, publicKey)) return [];
	const key = offerKeyFile(file, publicKey, found, found.notes);
	return key === null ? [] : [{key, label: `${file.path} ${describeKey(publicKey)}`}];
}

/** With the private key of a file, or of the agent; a certificate the agent lists is offered from there. */
function offerCertificate({path, certificate}: CertificateAt, found: Found): readonly Credential[] {
	const {blob, publicKey} = certificate;
	if (isHeld(found.held, blob)) return [];
	const label = `${path} ${describeCertificate(certificate, found.clock.now())}`;
	if (isHeld(found.held, publicKey)) return [fromAgent(blob, publicKey, label, found)];
	const file = found.files.find((candidate) => publicKeyOf(candidate)?.equals(publicKey));
	const key = file === undefined ? null : offerKeyFile(file, blob, found, found.notes);
	if (key !== null) return [{key, label}];
	found.notes.push(`${label}: its private key is not here`);
	return [];
}

/** An agent may list a key and yet not sign with it: it is locked, the person said no, or the key is for other hosts. */
function fromAgent(blob: Buffer, signer: Buffer, label: string, found: Found): Credential {
	const key = offerAgentKey(blob, signer, found.socketPath, found);
	const sign: OfferedKey['sign'] = async (data, algorithm, signal) => {
		try {
			return await key.sign(data, algorithm, signal);
		} catch (error) {
			if (!signal.aborted) found.notes.push(`${label}: the host takes it, but the agent does not sign with it`);
			throw error;
		}
	};
	return {label, key: {...key, sign}};
}

function isHeld(held: readonly AgentKey[], blob: Buffer | null): boolean {
	return blob !== null && held.some((key) => key.blob.equals(blob));
}

function besideOf(path: string): string {
	return `${path}-cert.pub`;
}

async function readCertificates(paths: readonly string[]): Promise<readonly CertificateAt[]> {
	const found = await Promise.all(
		paths.map(async (path) => ({path, certificate: await readCertificateFile(path).catch(() => null)})),
	);
	return found.filter((entry): entry is CertificateAt => entry.certificate?.isForUser === true);
}

function labelOfAgentKey({blob, comment, certificate}: AgentKey, now: number): string {
	const words = certificate === null ? describeKey(blob) : describeCertificate(certificate, now);
	return `agent key ${words}${comment === '' ? '' : ` (${sanitiseLine(comment, 80)})`}`;
}

/** As `ssh -v` names a key: its type and the fingerprint. */
function describeKey(blob: Buffer): string {
	return `${sanitiseLine(wireTypeOf(blob), 60)} ${formatFingerprint(blob)}`;
}

function describeCertificate(certificate: Certificate, now: number): string {
	const validity = describeValidity(certificate, now);
	const id = `certificate "${certificate.keyId}"${validity === '' ? '' : `, ${validity}`}`;
	return `${certificate.type} ${formatFingerprint(certificate.publicKey)} ${id}`;
}

function noteOf(file: KeyFile, {keyRing, interview}: CredentialParts): readonly string[] {
	switch (file.kind) {
		case 'locked': {
			if (keyRing.get(file.path) !== null) return [];
			const willAsk = interview.canAsk && file.publicKey !== null && !keyRing.isGivenUp(file.path);
			return willAsk ? [] : [`${file.path}: locked, its passphrase was not given`];
		}
		case 'public':
			return file.securityKey
				? [`${file.path}: a security key, which only an agent can use: add it with \`ssh-add\``]
				: [`${file.path}: only the public half is here and no agent holds the key`];
		case 'unusable':
			return [`${file.path}: ${file.reason}`];
		default:
			return [];
	}
}
