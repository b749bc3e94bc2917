/** How long each part of a connection may take, in milliseconds. */
export type SshTimings = {
	/** TCP connect, per attempt; `ConnectTimeout` of the SSH configuration takes precedence. */
	readonly tcpConnectMs: number;
	/** From the TCP connection to the first byte of sshd, which needs neither name server nor account service. */
	readonly bannerMs: number;
	/** From the TCP connection to the end of authentication. */
	readonly readyMs: number;
	readonly keepaliveIntervalMs: number;
	/** Unanswered keepalives after which a connection counts as lost: found after (count + 1) intervals. */
	readonly keepaliveCountMax: number;
};

export const defaultTimings: SshTimings = {
	tcpConnectMs: 8000,
	bannerMs: 10_000,
	readyMs: 20_000,
	keepaliveIntervalMs: 4000,
	keepaliveCountMax: 2,
};
