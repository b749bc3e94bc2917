/**
 * Chooses what carries a connection: this program's own SSH (ssh2), which is lighter by far, or the installed `ssh`,
 * where the configuration asks for it or for what only it can do, or where the host turned out to need it.
 */
import {LadderError} from '../../model/ladder-error.ts';
import type {Rung} from '../../model/ladder.ts';
import type {SshTarget} from '../../model/host.ts';
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {ClimbOptions} from '../connect/route.ts';
import type {KnownHostsFiles} from '../host-keys/known-hosts-files.ts';
import {identityOf} from '../identity-of.ts';
import type {TransportConnection} from '../ssh-transport.ts';
import type {DialOpenSsh} from './connect-openssh.ts';
import {findAuthority, type Authority} from './find-authority.ts';
import {findMethodsOnlyOpenSshHas} from './find-openssh-methods.ts';

export type CarrierParts = {
	readonly overSsh2: (resolved: ResolvedTarget, climb: ClimbOptions) => Promise<TransportConnection>;
	readonly overOpenSsh: DialOpenSsh;
	/** The jump hosts on the way, nearest first. */
	readonly findHops: (resolved: ResolvedTarget, signal: AbortSignal) => Promise<readonly ResolvedTarget[]>;
	readonly knownHosts: KnownHostsFiles;
};

/** Rejects with a `LadderError` or the signal's reason. */
export type Connect = (resolved: ResolvedTarget, climb: ClimbOptions) => Promise<TransportConnection>;

type Resolved = ResolvedTarget & {readonly target: SshTarget};

/** Why the installed `ssh` is to be tried after ssh2 failed; `methods` are the ways to log in that are left. */
type SecondTry = {readonly because: string; readonly methods: readonly string[] | null};

export function createCarrierChoice(parts: CarrierParts): Connect {
	const {overSsh2, overOpenSsh} = parts;
	/** What hosts turned out to need, so that they are not asked in vain at every new attempt. */
	const learned = new Map<string, SecondTry>();

	const auto = async (resolved: Resolved, climb: ClimbOptions): Promise<TransportConnection> => {
		const known = learned.get(identityOf(resolved));
		if (known !== undefined) return overOpenSsh(resolved, {...climb, ...known});
		const authority = await findAuthority(resolved, parts.knownHosts);
		const because = authority === 'only' ? 'host certificate' : await findNeed(parts, resolved, climb.signal);
		if (because !== null) return overOpenSsh(resolved, {...climb, because, methods: null});
		const told = new Set<Rung>();
		try {
			return await overSsh2(resolved, {...climb, onRung: tellOnce(climb.onRung, told)});
		} catch (error) {
			const second = await findSecondTry(error, resolved, authority);
			if (second === null) throw error;
			const connection = await overOpenSsh(resolved, {
				...climb,
				...second,
				onRung: tellOnce(climb.onRung, told),
			}).catch((later: unknown) => {
				throw moreTelling(error, later, second);
			});
			learned.set(identityOf(resolved), second);
			return connection;
		}
	};

	return (resolved, climb) => {
		const {target} = resolved;
		// What no `ssh -G` resolved, such as the demo fleet, no `ssh` can reach.
		if (target === undefined || target.transport === 'ssh2') return overSsh2(resolved, climb);
		if (target.transport === 'openssh') {
			return overOpenSsh({...resolved, target}, {...climb, because: 'as configured', methods: null});
		}
		return auto({...resolved, target}, climb);
	};
}

async function findNeed(parts: CarrierParts, resolved: Resolved, signal: AbortSignal): Promise<string | null> {
	const own = resolved.openSshNeeds?.always ?? null;
	if (own !== null || resolved.proxyJump === null) return own;
	const hops = await parts.findHops(resolved, signal);
	const hop = hops.find(({openSshNeeds}) => (openSshNeeds?.always ?? null) !== null);
	return hop === undefined ? null : `${hop.openSshNeeds?.always} of jump host ${hop.destination}`;
}

async function findSecondTry(
	error: unknown,
	resolved: ResolvedTarget,
	authority: Authority | null,
): Promise<SecondTry | null> {
	if (!(error instanceof LadderError)) return null;
	switch (error.code) {
		case 'incompatible':
			return {because: 'no algorithm in common with ssh2', methods: null};
		case 'unsupported':
			return {because: 'host certificate', methods: null};
		case 'host-key-changed':
			// The key need not be the one on file where a certificate speaks for it: ssh is the judge of that.
			return authority === null ? null : {because: 'host certificate', methods: null};
		case 'authentication-failed':
		case 'agent-unavailable':
			return findMethodsOnlyOpenSshHas(error, resolved);
		default:
			return null;
	}
}

/** A second climb tells only what the first did not reach. */
function tellOnce(onRung: ClimbOptions['onRung'], told: Set<Rung>): ClimbOptions['onRung'] {
	return (rung, note) => {
		if (told.has(rung)) return;
		told.add(rung);
		if (note === undefined) onRung(rung);
		else onRung(rung, note);
	};
}

/** Of two failures the later, unless it only says that `ssh` is missing, or tried but a part of the ways to log in. */
function moreTelling(first: unknown, later: unknown, second: SecondTry): unknown {
	if (!(later instanceof LadderError)) return later;
	return second.methods !== null || (later.rung === 'resolve' && later.code === 'unsupported') ? first : later;
}
