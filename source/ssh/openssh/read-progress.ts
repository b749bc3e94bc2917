/** Follows what `ssh -v` writes to its standard error: how far it got, what the host offered, what went wrong. */
import type {Rung} from '../../model/ladder.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import {sanitiseLine} from '../../support/sanitise.ts';

export type SshProgress = {
	/** Null while nothing is known of the host itself, as on the way through jump hosts. */
	readonly reached: Rung | null;
	/** `ssh-ed25519 SHA256:…` */
	readonly hostKey: string | null;
	/** Keys offered, as `ED25519 SHA256:… (file)`. */
	readonly offered: readonly string[];
	/** What the host last said it accepts. */
	readonly methods: string | null;
	readonly keyExchange: string | null;
	readonly cipher: string | null;
	/** What ssh said besides its own debugging, the last lines; sanitised. */
	readonly said: readonly string[];
};

export type ProgressReader = {
	/** Takes bytes as they come. */
	add(chunk: Buffer): void;
	current(): SshProgress;
	/** OpenSSH 8.5 and later begin what a host asks with `(user@host)`, which tells it from their own questions. */
	marksHostWords(): boolean;
};

const lineLimit = 2000;
const keptLines = 40;
const keptKeys = 20;

type Mutable<T> = {-readonly [K in keyof T]: T[K]};
type Step = {readonly rung: Rung; readonly note?: string};

export function createProgressReader(
	resolved: Pick<ResolvedTarget, 'hostname' | 'port' | 'user' | 'proxyJump' | 'proxyCommand'>,
	onRung: (rung: Rung, note?: string) => void,
): ProgressReader {
	const progress: Mutable<SshProgress> = {
		reached: null,
		hostKey: null,
		offered: [],
		methods: null,
		keyExchange: null,
		cipher: null,
		said: [],
	};
	// Jump hosts are other processes of ssh that write to the same place: theirs comes before the host's own.
	let isHost = resolved.proxyJump === null && resolved.proxyCommand === null;
	let rest = '';
	let version: readonly [number, number] = [0, 0];

	const take = (line: string): void => {
		if (!isHost && line.startsWith(`debug1: Authenticating to ${resolved.hostname}:${resolved.port} as '`)) {
			isHost = true;
			for (const rung of ['tcp', 'banner'] as const) reach({rung});
		}
		const [, major, minor] = /^OpenSSH_(\d+)\.(\d+)/.exec(line) ?? [];
		if (major !== undefined && minor !== undefined) version = [Number(major), Number(minor)];
		const step = isHost ? parseStep(line) : null;
		if (step !== null) reach(step);
		learn(line, progress);
	};
	const reach = ({rung, note}: Step): void => {
		progress.reached = rung;
		if (note === undefined) onRung(rung);
		else onRung(rung, sanitiseLine(note, 200));
	};

	return {
		add(chunk) {
			const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
			rest = (lines.pop() ?? '').slice(0, lineLimit);
			for (const line of lines) take(line.slice(0, lineLimit));
		},
		current: () => ({...progress}),
		marksHostWords: () => version[0] > 8 || (version[0] === 8 && version[1] >= 5),
	};
}

/** Messages of OpenSSH 7.4 to 10; one that is not found costs a rung on the way, not the connection. */
const steps: readonly (readonly [RegExp, Rung])[] = [
	[/^debug1: Connecting to .* \[(.*)\] port \d+/, 'resolve'],
	[/^debug1: Connection established/, 'tcp'],
	[/^debug1: Remote protocol version .*, remote software version (.*)/, 'banner'],
	[/^debug1: Server host (?:key|certificate): (.*)/, 'key-exchange'],
	[/^debug1: SSH2_MSG_NEWKEYS sent/, 'host-key'],
	[/^Authenticated to .* using "(.*)"/, 'authentication'],
];

function parseStep(line: string): Step | null {
	for (const [pattern, rung] of steps) {
		const match = pattern.exec(line);
		if (match !== null) return {rung, ...(match[1] === undefined ? {} : {note: match[1]})};
	}
	return null;
}

function learn(line: string, progress: Mutable<SshProgress>): void {
	const find = (pattern: RegExp): string | null => {
		const found = pattern.exec(line)?.[1];
		return found === undefined ? null : sanitiseLine(found, 200);
	};
	progress.hostKey = find(/^debug1: Server host (?:key|certificate): (\S+ \S+)/) ?? progress.hostKey;
	progress.methods = find(/^debug1: Authentications that can continue: (.*)/) ?? progress.methods;
	progress.keyExchange = find(/^debug1: kex: algorithm: (\S+)/) ?? progress.keyExchange;
	progress.cipher = find(/^debug1: kex: server->client cipher: (\S+)/) ?? progress.cipher;
	const offered = /^debug1: Offering public key: (.*) (\S+) (SHA256:\S+)/.exec(line);
	if (offered !== null && progress.offered.length < keptKeys) {
		const [, place, keyType, fingerprint] = offered;
		progress.offered = [...progress.offered, sanitiseLine(`${keyType} ${fingerprint} (${place})`, 300)];
	}
	const isSaid = !/^(debug\d: |OpenSSH_|@@@)/.test(line) || /banner line \d+: /.test(line);
	if (isSaid && line.trim() !== '') {
		progress.said = [...progress.said, sanitiseLine(line.trim(), 300)].slice(-keptLines);
	}
}
