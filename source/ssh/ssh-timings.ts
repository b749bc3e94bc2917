/** How long each part of a connection may take, in milliseconds. */
export type SshTimings = {
	/** TCP connect, per attempt; `ConnectTimeout` of the SSH configuration takes precedence. */
	readonly tcpConnectMs: number;
	/** From the TCP connection to the end of authentication. */
	readonly readyMs: number;
	readonly keepaliveIntervalMs: number;
	/** Unanswered keepalives after which a connection counts as lost: found after (count + 1) intervals. */
	readonly keepaliveCountMax: number;
};

export const defaultTimings: SshTimings = {
	tcpConnectMs: 8000,
	readyMs: 15_000,
	keepaliveIntervalMs: 5000,
	keepaliveCountMax: 2,
};
