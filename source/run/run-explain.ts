/** `sickbay explain`: says what went wrong according to saved kernel logs, without any host. */
import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {ExplainInvocation} from '../cli/invocation.ts';
import {version} from '../cli/version.ts';
import {loadConfig} from '../config/load-config.ts';
import {explainLogs} from '../explain/explain-logs.ts';
import {groupInputs} from '../explain/group-inputs.ts';
import {readLines, type OnLines} from '../explain/read-lines.ts';
import {UserError} from '../model/user-error.ts';
import {exitCodeOfExplanation} from '../report/exit-code-of-explanation.ts';
import {formatExplanationJson} from '../report/format-explanation-json.ts';
import {formatExplanationText} from '../report/format-explanation-text.ts';
import {systemClock} from '../support/clock.ts';
import {quoteWord} from '../support/quote-word.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {chooseCatalogue} from './choose-catalogue.ts';
import {exitOnSignalDuring} from './ending-signals.ts';
import {printLine} from './print.ts';

/** Answers with the exit code of the worst incident: 0 none, 1 warning, 2 critical or panic, 3 not all could be read. */
export async function runExplain({files, format, configFile, kernelRelease}: ExplainInvocation): Promise<number> {
	const inputs = files.length === 0 ? ['-'] : files;
	if (files.length === 0 && process.stdin.isTTY) {
		throw new UserError(
			'there is no log to explain',
			'Name a file, or pipe a log in: ssh web-01 dmesg | sickbay explain',
		);
	}
	for (const input of inputs) await requireFile(input);
	const now = systemClock.now();
	const config = await loadConfig({...(configFile === null ? {} : {path: configFile}), env: process.env});
	const catalogue = chooseCatalogue(config.signatures, config.file);
	const explanation = await exitOnSignalDuring(() =>
		explainLogs({groups: groupInputs(inputs), readInput, catalogue, kernelRelease, now}),
	);
	for (const trouble of explanation.troubles) process.stderr.write(`sickbay: ${trouble}\n`);
	const text =
		format === 'json'
			? formatExplanationJson(explanation, {generatedAt: new Date(now).toISOString(), version})
			: formatExplanationText(explanation, {
					version,
					...(process.stdout.isTTY && {columns: process.stdout.columns}),
				});
	await printLine(text);
	return exitCodeOfExplanation(explanation);
}

/** A mistake is said before anything is read, so that a long run does not end in one. */
async function requireFile(input: string): Promise<void> {
	if (input === '-') return;
	const shown = quoteWord(input, 300);
	try {
		const stats = await stat(input);
		if (stats.isDirectory()) {
			throw new UserError(
				`${shown} is a directory`,
				`Name the files in it: sickbay explain ${sanitiseLine(input, 100)}/*`,
			);
		}
	} catch (error) {
		if (error instanceof UserError) throw error;
		const {code} = error as NodeJS.ErrnoException;
		const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
		throw new UserError(`cannot read ${shown}: ${reason ?? 'it cannot be looked at'}`, undefined, {cause: error});
	}
}

function readInput(input: string, onLines: OnLines): Promise<void> {
	const bytes: AsyncIterable<Buffer> =
		input === '-' ? process.stdin : createReadStream(input, {highWaterMark: 128 * 1024});
	return readLines(input === '-' ? 'standard input' : sanitiseLine(input, 300), bytes, onLines);
}
