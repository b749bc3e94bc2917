/** `sickbay`: the live board, until the person quits or the program is told to end. */
import type {BoardInvocation} from '../cli/invocation.ts';
import {systemClock} from '../support/clock.ts';
import {renderScreen, type RenderedScreen} from '../ui/render-screen.tsx';
import {onEndingSignal} from './ending-signals.ts';
import {openFleet} from './open-fleet.ts';
import {createScreenPruneDesk} from './screen-prune-desk.ts';

/** What a shell gives a program ended by Control-C; in raw mode that is a key, not a signal. */
const interruptedExitCode = 130;

/** Answers 0 when the person quit, 130 after Ctrl+C, 128 + n after a signal; rejects, with the screen restored, on a bug. */
export async function runBoard(invocation: BoardInvocation): Promise<number> {
	const fleet = await openFleet(invocation, systemClock, {place: 'screen'});
	const isReadOnly = invocation.readOnly || fleet.config.readOnly;
	// A bug anywhere closes the screen and is told after it.
	const prune = isReadOnly ? null : createScreenPruneDesk(fleet, systemClock, rethrow);
	const screen = renderScreen({
		store: fleet.store,
		clock: systemClock,
		demo: fleet.demo,
		title: titleOf(invocation),
		onRefresh: (hostKeys) => fleet.supervisor.refresh(hostKeys),
		onReadDisk: (hostKey, parts) => void fleet.supervisor.readDiskUsage(hostKey, parts),
		onAcceptHostKeys: fleet.acceptHostKeys,
		attention: fleet.attention,
		prune: prune?.desk ?? null,
		ascii: invocation.ascii || fleet.config.ui.ascii,
		colour: !process.env['NO_COLOR'],
		tmux: Boolean(process.env['TMUX']),
	});
	const end = endingOf(screen);
	try {
		const outcome = await screen.waitUntilExit();
		return outcome === 'interrupted' ? interruptedExitCode : end.exitCode();
	} finally {
		end.stop();
		await prune?.close();
		await fleet.close();
	}
}

/** Out of whatever promise it happened in, to where bugs are waited for. */
function rethrow(error: unknown): void {
	queueMicrotask(() => {
		throw error;
	});
}

/** Closes the screen on a signal or a bug anywhere, so that the terminal is restored before anything is said about it. */
function endingOf(screen: RenderedScreen): {exitCode(): number; stop(): void} {
	let exitCode = 0;
	let bug: {readonly error: unknown} | null = null;
	const stopSignals = onEndingSignal((code) => {
		exitCode = code;
		screen.close();
	});
	const onBug = (error: unknown): void => {
		bug ??= {error};
		screen.close();
	};
	process.on('uncaughtException', onBug);
	process.on('unhandledRejection', onBug);
	return {
		exitCode() {
			if (bug !== null) throw bug.error;
			return exitCode;
		},
		stop() {
			stopSignals();
			process.off('uncaughtException', onBug);
			process.off('unhandledRejection', onBug);
		},
	};
}

function titleOf({demoSize, hosts}: BoardInvocation): string {
	if (demoSize !== null) return 'demo';
	const groups = hosts.filter((host) => host.startsWith('@'));
	return groups.length > 0 && groups.length === hosts.length ? groups.join(' ') : '';
}
