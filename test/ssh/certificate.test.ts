/** User certificates as ssh-keygen 9.2 writes them (`ssh-keygen -s ca -I ward@example -n ward -V 2026…:2027…`). */
import {expect, test} from 'vitest';
import {describeValidity, parseCertificate, parseCertificateFile} from '../../source/ssh/authentication/certificate.ts';

const userCertificate = [
	'AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIOSs9b1f0tI2dZJK5xl6BuCIlZ+Vr4G5jMLpF3Ttl9IbAAAA',
	'IOiGWcKjMbckv2ek71LO6RFdtGCr3Fya/70e4n+Y99XOAAAAAAAAAAAAAAABAAAADHdhcmRAZXhhbXBsZQAAAAgAAAAEd2FyZAAA',
	'AABpVbkAAAAAAGs27IAAAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJk',
	'aW5nAAAAAAAAABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAA',
	'AAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACB16BIfIIv5LRRqaxwGNTO/tWIRiUYCeFggocd65QWRmgAAAFMAAAALc3NoLWVk',
	'MjU1MTkAAABAnc4KbxNU9rTNAmvHSaejzLglzwrxeeGjbdNBqT8Fv96aVEznJ5X2VtOP1BUW/wGNeEOlg6ohr10OpRenfHDzAw==',
].join('');

const hostCertificate = [
	'AAAAKGVjZHNhLXNoYTItbmlzdHAyNTYtY2VydC12MDFAb3BlbnNzaC5jb20AAAAgWXnzg8+ww8w6BhL6gbCg5RukDyQhluvmwWo8',
	'82ybO1sAAAAIbmlzdHAyNTYAAABBBLOlaNKODOeVhI+VfRpqokJoy6XsxvCGa9V1g4CaMXPeISpVimc84yWakTYZfFY9+rh+HaB2',
	'Ufsk8oSfg5EjKlwAAAAAAAAAAAAAAAIAAAAEaG9zdAAAAAoAAAAGd2ViLTAxAAAAAAAAAAD//////////wAAAAAAAAAAAAAAAAAA',
	'ADMAAAALc3NoLWVkMjU1MTkAAAAgdegSHyCL+S0UamscBjUzv7ViEYlGAnhYIKHHeuUFkZoAAABTAAAAC3NzaC1lZDI1NTE5AAAA',
	'QKsqUhaxD0cvjM3E4qOaMqMuM90K5nzqGNVEjcfqojmH38mWeua3Yas2YvYyc5Xtb7Z6TQG5puW4iBP1cPFFFQU=',
].join('');

const publicKey = 'AAAAC3NzaC1lZDI1NTE5AAAAIOiGWcKjMbckv2ek71LO6RFdtGCr3Fya/70e4n+Y99XO';

test('a user certificate tells whom it is for, which key it certifies and how long it is good', () => {
	const certificate = parseCertificateFile(`ssh-ed25519-cert-v01@openssh.com ${userCertificate} ward\n`);
	expect(certificate).toMatchObject({
		type: 'ssh-ed25519-cert-v01@openssh.com',
		keyId: 'ward@example',
		isForUser: true,
		validFrom: Date.UTC(2026, 0, 1),
		validUntil: Date.UTC(2027, 0, 1),
	});
	expect(certificate?.publicKey.toString('base64')).toBe(publicKey);
	expect(describeValidity(certificate!, Date.UTC(2026, 5, 1))).toBe('');
	expect(describeValidity(certificate!, Date.UTC(2027, 5, 1))).toBe('expired 2027-01-01 00:00 UTC');
	expect(describeValidity(certificate!, Date.UTC(2025, 5, 1))).toBe('not valid before 2026-01-01 00:00 UTC');
});

test('a host certificate is none to log in with, and one without a date has no limit', () => {
	const certificate = parseCertificateFile(`ecdsa-sha2-nistp256-cert-v01@openssh.com ${hostCertificate}\n`);
	expect(certificate).toMatchObject({isForUser: false, validFrom: null, validUntil: null});
});

test('what is cut short or something else is no certificate', () => {
	const blob = Buffer.from(userCertificate, 'base64');
	for (const length of [0, 3, 40, 120, 150]) expect(parseCertificate(blob.subarray(0, length))).toBeNull();
	expect(parseCertificateFile(`ssh-ed25519 ${publicKey} ward`)).toBeNull();
	expect(parseCertificateFile('')).toBeNull();
});
