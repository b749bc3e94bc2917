/** The reachability ladder: the rungs climbed to reach a host's containers, and the reasons one may break. */

import type {OfferedHostKey} from './offered-host-key.ts';

export const rungs = [
	'resolve',
	'tcp',
	'banner',
	'key-exchange',
	'host-key',
	'authentication',
	'shell',
	'engine-socket',
	'ping',
	'list',
	'info',
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
	/** The engine's socket is not where the configuration says, but elsewhere. */
	| 'engine-socket-moved'
	/** sshd opens no channels to sockets, and no way round that worked. */
	| 'socket-forwarding-forbidden'
	/** As above, and the engine's own client, which would be the way round, is not on the host. */
	| 'engine-program-missing'
	| 'engine-down'
	| 'engine-hung'
	/** Lists are answered, the engine's description is not: it waits for containerd. */
	| 'containerd-hung'
	| 'engine-error'
	| 'lost'
	/** The jump host's connection broke, and this one in it. */
	| 'lost-with-bastion'
	/** This machine slept, and every connection was made anew. */
	| 'slept'
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
	/** Milliseconds from the start of the attempt to the break. */
	readonly afterMs?: number;
	/** The jump host through which the host is reached, or would be. */
	readonly bastion?: string;
	/** True when it is the jump host that cannot be reached, not the host behind it. */
	readonly bastionBroke?: boolean;
	/** When the connection that stood before this outage broke; absent where there was none. */
	readonly lostAt?: number;
	/** The host key that was not accepted. */
	readonly hostKey?: OfferedHostKey;
};

/** A rung that answered. */
export type ClimbStep = {
	readonly rung: Rung;
	/** Milliseconds from the start of the attempt. */
	readonly afterMs: number;
	/** What the far side offered or what was used, one sanitised line; null where there is nothing to tell. */
	readonly note: string | null;
};

export type Ladder = {
	/** The highest rung that answered in the current or last attempt; null before anything did. */
	readonly reached: Rung | null;
	readonly broken: BrokenRung | null;
	/** Rungs that answered in the current or last attempt, in the order they did. */
	readonly steps?: readonly ClimbStep[];
	/** The shell rung that broke on a host whose engine answers all the same: nothing but its engine is known. */
	readonly withoutShell?: BrokenRung;
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
