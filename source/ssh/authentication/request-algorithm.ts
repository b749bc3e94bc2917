/** Names of signature algorithms: what a request says, and what signs it (RFC 8332, PROTOCOL.certkeys). */

/** For a key or certificate of this type; `ssh-rsa` is left for ssh2 to agree on with the host. */
export function requestAlgorithm(type: string): string {
	return type === 'ssh-rsa-cert-v01@openssh.com' ? 'rsa-sha2-512-cert-v01@openssh.com' : type;
}

/** The algorithm a plain key signs a request with. */
export function signatureAlgorithm(request: string): string {
	return request.replace(/-cert-v01@openssh\.com$/, '');
}
