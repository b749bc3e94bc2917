/** Runs what was asked for; each command loads only what it needs, so that a report never loads the screen. */
import type {BoardInvocation, MainInvocation, ReportInvocation} from './cli/invocation.ts';
import {parseDuration} from './cli/parse-duration.ts';
import {defaultTimeout} from './cli/options-table.ts';
import {holdEndingSignals} from './run/ending-signals.ts';

/** Answers with the exit code. A person's mistakes reject with `UserError`, bugs with anything else. */
export async function main(invocation: MainInvocation): Promise<number> {
	holdEndingSignals();
	switch (invocation.kind) {
		case 'board': {
			if (!process.stdout.isTTY || !process.stdin.isTTY) return report(withoutTerminal(invocation));
			const {runBoard} = await import('./run/run-board.ts');
			return runBoard(invocation);
		}
		case 'report':
			return report(invocation);
		case 'doctor': {
			const {runDoctor} = await import('./run/run-doctor.ts');
			return runDoctor(invocation);
		}
		case 'explain': {
			const {runExplain} = await import('./run/run-explain.ts');
			return runExplain(invocation);
		}
		case 'prune': {
			const {runPruneCommand} = await import('./run/run-prune-command.ts');
			return runPruneCommand(invocation);
		}
	}
}

async function report(invocation: ReportInvocation): Promise<number> {
	const {runReport} = await import('./run/run-report.ts');
	return runReport(invocation);
}

/** A board needs a terminal at both ends; without one the same question gets a report. */
function withoutTerminal({
	kind: _kind,
	ascii: _ascii,
	readOnly: _readOnly,
	...choice
}: BoardInvocation): ReportInvocation {
	return {...choice, kind: 'report', format: 'text', timeoutMs: parseDuration(defaultTimeout)};
}
