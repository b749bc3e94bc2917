/** The words for an engine that cannot be reached or does not answer: where it is decided that an engine hangs. */
import {LadderError} from '../model/ladder-error.ts';
import {TransportError} from '../model/transport.ts';
import type {EngineFault} from './engine-fault.ts';
import {listLookedAt, type EngineAccess, type EngineRoute} from './engine-route.ts';
import type {SocketState} from './test-socket.ts';

/** What came of one route; `socket` is what the host's shell said about the path after it failed. */
export type FailedRoute = {
	readonly route: EngineRoute;
	readonly fault: EngineFault;
	readonly socket: SocketState;
};

const hungAdvice =
	'Look at the kernel tab and at `journalctl -u docker` and `-u containerd` on the host; restarting dockerd may not help while tasks hang in the kernel.';

export function pingHung(): LadderError {
	return new LadderError({
		rung: 'ping',
		code: 'engine-hung',
		summary: 'engine hung: socket accepts, ping does not answer',
		advice: hungAdvice,
		retry: 'slowly',
	});
}

export function listHung(): LadderError {
	return new LadderError({
		rung: 'list',
		code: 'engine-hung',
		summary: 'engine hung: ping answers, list does not',
		advice: hungAdvice,
		retry: 'slowly',
	});
}

export function infoHung(): LadderError {
	return new LadderError({
		rung: 'info',
		code: 'containerd-hung',
		summary: 'engine half hung: list answers, info does not — containerd?',
		advice:
			'Look at `systemctl status containerd` and `journalctl -u containerd` on the host: running containers go on, but none can be started, stopped or entered.',
		retry: 'slowly',
	});
}

/** The engine answers, but with an error or with nonsense. */
export function engineError(rung: 'ping' | 'list', fault: EngineFault): LadderError {
	return new LadderError(
		{
			rung,
			code: 'engine-error',
			summary: `engine answers ${rung} with an error: ${fault.message}`.slice(0, 300),
			detail: [fault.message],
			advice: 'Look at `journalctl -u docker` on the host.',
			retry: 'soon',
		},
		{cause: fault},
	);
}

/** One reason out of all routes: what answered wrongly tells most, then what is there and closed, then nothing there. */
export function describeFailedRoutes(failed: readonly FailedRoute[], access: EngineAccess): LadderError {
	const late = failed.find(({fault}) => fault.kind === 'timeout');
	if (late) return pingHung();
	const answered = failed.find(({fault}) => fault.kind === 'http' || fault.kind === 'malformed');
	if (answered) return engineError('ping', answered.fault);
	const detail = failed.map(({route, fault}) => `${route.via}: ${fault.message}`).slice(0, 10);
	const closedBySshd = failed.find(isClosedBySshd);
	if (closedBySshd) return forwardingForbidden(closedBySshd, access, detail);
	const down = failed.find((entry) => isDown(entry, access));
	if (down) return engineDown(down, detail);
	const forbidden = failed.find(({fault, socket}) => fault.kind === 'forbidden' || socket === 'forbidden');
	if (forbidden) return socketForbidden(forbidden, access, detail);
	return socketMissing(access, detail);
}

/** A program listens on the socket, and yet the host opened no channel to it. */
function isClosedBySshd({route, fault, socket}: FailedRoute): boolean {
	return route.kind === 'socket' && socket === 'listening' && fault.cause instanceof TransportError;
}

/** Why a route was passed over, in words for the note on the one that worked. */
export function describeDetour(entry: FailedRoute): string {
	const {route, fault, socket} = entry;
	if (isClosedBySshd(entry)) return `sshd opens no channel to ${route.via} (AllowStreamLocalForwarding)`;
	if (socket === 'forbidden') return `${route.via} is closed to this account`;
	return socket === 'missing' ? `${route.via} is gone` : `${route.via}: ${fault.message}`;
}

function forwardingForbidden({route}: FailedRoute, access: EngineAccess, detail: readonly string[]): LadderError {
	const isProgramThere = access.programs.some((program) => program.endsWith('/docker'));
	const remedy = 'Set `AllowStreamLocalForwarding yes` in sshd_config on the host (and no `restrict` on the key)';
	return new LadderError({
		rung: 'engine-socket',
		code: isProgramThere ? 'socket-forwarding-forbidden' : 'engine-program-missing',
		summary: isProgramThere
			? `sshd opens no channel to ${route.via}, and docker system dial-stdio fails too`
			: `sshd opens no channel to ${route.via}, and the docker program is not there to go round that`,
		detail,
		advice: isProgramThere ? `${remedy}.` : `${remedy}, or install the docker client (package docker-cli) on the host.`,
		retry: 'slowly',
	});
}

/** A socket that was there when the host was reached and is gone now went with its engine. */
function isDown({route, fault, socket}: FailedRoute, access: EngineAccess): boolean {
	if (fault.kind === 'forbidden' || socket === 'forbidden') return false;
	if (fault.kind === 'missing' || socket === 'missing') {
		return route.kind === 'socket' && access.sockets.some(({path, usable}) => usable && path === route.path);
	}
	return route.kind === 'command' || socket === 'usable' || socket === 'listening' || fault.kind === 'refused';
}

function engineDown({route, socket, fault}: FailedRoute, detail: readonly string[]): LadderError {
	const isGone = fault.kind === 'missing' || socket === 'missing';
	const where = route.kind === 'socket' ? route.path : route.via;
	return new LadderError({
		rung: 'engine-socket',
		code: 'engine-down',
		summary: isGone ? `engine down: its socket ${where} is gone` : `engine down: ${where} does not take connections`,
		detail,
		advice:
			'Start the engine (`sudo systemctl start docker`); if it runs, sshd may forbid socket forwarding (AllowStreamLocalForwarding).',
		retry: 'soon',
	});
}

function socketForbidden({route}: FailedRoute, access: EngineAccess, detail: readonly string[]): LadderError {
	const path = route.kind === 'socket' ? route.path : (listLookedAt(access)[0] ?? '');
	const sudo = access.sudo === 'no' ? ', or allow `sudo -n docker system dial-stdio` in sudoers' : '';
	return new LadderError({
		rung: 'engine-socket',
		code: 'engine-socket-forbidden',
		summary: `engine socket not permitted: ${path} is closed to this account`,
		detail,
		advice: path.includes('podman')
			? 'The socket is root’s: for containers of the account itself run `systemctl --user enable --now podman.socket` as ACCOUNT.'
			: `Run \`sudo usermod -aG docker ACCOUNT\` on the host${sudo}.`,
		retry: 'slowly',
	});
}

function socketMissing(access: EngineAccess, detail: readonly string[]): LadderError {
	const elsewhere = access.socketPath === undefined ? undefined : access.sockets[0];
	if (elsewhere !== undefined) return socketMoved(access, elsewhere.path, detail);
	return new LadderError({
		rung: 'engine-socket',
		code: 'engine-socket-missing',
		summary: access.socketPath === undefined ? 'no engine socket found' : `no engine socket at ${access.socketPath}`,
		detail: [`looked at ${listLookedAt(access).join(', ')}`, ...detail],
		advice: adviseOnMissing(access),
		retry: 'slowly',
	});
}

function socketMoved(access: EngineAccess, path: string, detail: readonly string[]): LadderError {
	return new LadderError({
		rung: 'engine-socket',
		code: 'engine-socket-moved',
		summary: `no engine socket at ${listLookedAt(access)[0] ?? ''}, but there is one at ${path}`,
		detail,
		advice: 'Correct `engineSocket` in the configuration, or leave it out: Sickbay finds sockets in the usual places.',
		retry: 'slowly',
	});
}

/** Engines that are installed and merely lack their socket are one line away from having it. */
function adviseOnMissing({socketPath, programs}: EngineAccess): string {
	if (socketPath === undefined && programs.some((program) => program.endsWith('/podman'))) {
		return 'Podman is there without its socket: run `systemctl --user enable --now podman.socket` and `sudo loginctl enable-linger ACCOUNT` on the host.';
	}
	if (socketPath === undefined && programs.length > 0) {
		return 'Start the engine: `sudo systemctl start docker`, or `systemctl --user start docker` where it is rootless.';
	}
	return 'Start or install an engine, or name its socket in the configuration (`engineSocket`).';
}
