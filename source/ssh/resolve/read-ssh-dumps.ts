/**
 * Asks `ssh -G` for many targets through a few shells: starting a process from here costs more than `ssh -G` itself, and
 * a shell starts the next one in a fraction of that. What a shell cannot tell is asked again for that target alone.
 */
import {availableParallelism} from 'node:os';
import {execa} from 'execa';
import type {SshTarget} from '../../model/host.ts';
import {createLimiter} from '../../support/limiter.ts';
import {shellQuote} from '../../support/shell-quote.ts';
import {parseSshDump, type SshSettings} from './parse-ssh-dump.ts';
import {dumpArguments, readSshDump, type DumpOptions} from './read-ssh-dump.ts';

/** `ssh -G` processes at a time: more would only take the processor from the connections that are being made. */
const concurrency = Math.max(2, Math.min(6, availableParallelism()));
/** Fewer targets than this are not worth a shell. */
const worthwhile = 4;
const silenceMs = 10_000;
const dumpLimit = 256 * 1024;
/** Ends each answer, followed by the exit status and a newline; `ssh -G` prints no control characters. */
const mark = '\u001E';

type Question = {
	readonly target: SshTarget;
	/** Null when the shell gave no usable answer. */
	readonly answer: (settings: SshSettings | null) => void;
};

export type ReadDump = (target: SshTarget) => Promise<SshSettings | null>;

/** The returned function answers and rejects as `readSshDump` does; targets asked for in one turn share shells. */
export function createDumpReader(options: DumpOptions): ReadDump {
	const limiter = createLimiter(concurrency);
	let waiting: Question[] = [];

	const askAll = (): void => {
		const questions = waiting;
		waiting = [];
		if (questions.length < worthwhile) {
			for (const question of questions) question.answer(null);
			return;
		}
		for (let first = 0; first < concurrency; first++) {
			const share = questions.filter((_, index) => index % concurrency === first);
			if (share.length > 0) void limiter.run(() => askShell(share, options));
		}
	};

	return async (target) => {
		const settings = await new Promise<SshSettings | null>((answer) => {
			if (waiting.push({target, answer}) === 1) setImmediate(askAll);
		});
		return settings ?? limiter.run(() => readSshDump(target, options));
	};
}

/** Answers every question, in order, as the answers come; never rejects. */
async function askShell(questions: readonly Question[], options: DumpOptions): Promise<void> {
	const unanswered = [...questions];
	const silence = new AbortController();
	let timer = setTimeout(() => silence.abort(), silenceMs);
	try {
		const shell = execa('sh', ['-s'], {
			env: options.env,
			extendEnv: false,
			input: questions.map(({target}) => commandFor(target, options)).join(''),
			stdout: 'pipe',
			stderr: 'ignore',
			buffer: false,
			reject: false,
			cancelSignal: silence.signal,
		});
		let text = '';
		for await (const chunk of shell.iterable({binary: true, preserveNewlines: true})) {
			text += Buffer.from(chunk).toString('utf8');
			const dumps = text.split(/\u001E(\d+)\n/);
			text = dumps.pop() ?? '';
			if (text.length > dumpLimit) break;
			for (let index = 0; index < dumps.length; index += 2) {
				const settings = dumps[index + 1] === '0' ? parseSshDump(dumps[index] ?? '') : null;
				unanswered.shift()?.answer(settings);
			}
			clearTimeout(timer);
			timer = setTimeout(() => silence.abort(), silenceMs);
		}
	} catch {
		// Each target that has no answer yet is asked about alone, and that failure has words.
	} finally {
		clearTimeout(timer);
		silence.abort();
		for (const question of unanswered) question.answer(null);
	}
}

/** A command of the configuration (`Match exec`) must not read the rest of the script. */
function commandFor(target: SshTarget, {configFile}: DumpOptions): string {
	const words = ['ssh', ...dumpArguments(target, configFile)].map(shellQuote).join(' ');
	return `${words} </dev/null 2>/dev/null; printf '${mark}%d\\n' "$?"\n`;
}
