/** SHA-256 fingerprint of a key in SSH wire format, as ssh and ssh-keygen -l print it. */
import {createHash} from 'node:crypto';

export function formatFingerprint(key: Buffer): string {
	return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
