/** The reachability ladder: the rungs climbed to reach a host's containers, and the reasons one may break. */

export const rungs = [
	'resolve',
	'tcp',
	'banner',
	'host-key',
	'authentication',
	'shell',
	'engine-socket',
	'ping',
	'list',
] as const;

export type Rung = (typeof rungs)[number];

/** The line of evidence that names where the ladder broke. */
export function formatBrokenRung(rung: Rung): string {
	return `broken rung: ${rung}`;
}

/** True when `rung` comes after `other` on the way up. */
export function isAbove(rung: Rung, other: Rung): boolean {
	return rungs.indexOf(rung) > rungs.indexOf(other);
}

export type ReasonCode =
	| 'bad-configuration'
	| 'name-not-found'
	| 'connection-refused'
	| 'no-route'
	| 'no-answer'
	| 'silent-sshd'
	| 'not-ssh'
	| 'throttled'
	| 'incompatible'
	| 'host-key-unknown'
	| 'host-key-changed'
	| 'host-key-revoked'
	| 'authentication-failed'
	| 'agent-unavailable'
	| 'no-shell'
	| 'sessions-exhausted'
	| 'engine-socket-missing'
	| 'engine-socket-forbidden'
	| 'engine-down'
	| 'engine-hung'
	| 'engine-error'
	| 'lost'
	| 'unsupported';

/** The first broken rung of a host. */
export type BrokenRung = {
	readonly rung: Rung;
	readonly code: ReasonCode;
	/** Short words for the board, e.g. `engine hung: ping answers, list does not`. Sanitised, one line. */
	readonly summary: string;
	/** Further lines for the host view and `doctor`: fingerprints, keys offered, stderr. Sanitised. */
	readonly detail: readonly string[];
	/** What a person can do about it, one sentence. */
	readonly advice: string;
	/** When this rung was first found broken in the current outage, milliseconds since the epoch. */
	readonly since: number;
	/** When the next automatic attempt starts; null when only a person can mend it. */
	readonly retryAt: number | null;
};

export type Ladder = {
	/** The highest rung that answered in the current or last attempt; null before anything did. */
	readonly reached: Rung | null;
	readonly broken: BrokenRung | null;
};

export const unclimbed: Ladder = {reached: null, broken: null};

/** True while the host answers over its connection, whatever its engine does. */
export function isConnected(ladder: Ladder): boolean {
	return (
		ladder.reached !== null &&
		!isAbove('shell', ladder.reached) &&
		(ladder.broken === null || isAbove(ladder.broken.rung, 'shell'))
	);
}
