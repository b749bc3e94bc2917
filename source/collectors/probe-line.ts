/** The conversation with one running probe: writes a request, waits for its answer, one at a time. */
import type {ProbeRequest} from '../model/probe-protocol.ts';
import {ReadingError} from '../model/reading-error.ts';
import type {CommandChannel} from '../model/transport.ts';
import {pause, type Clock} from '../support/clock.ts';
import {createLimiter} from '../support/limiter.ts';
import {createAnswerReader, type CompletedAnswer, type ProbeAnswer} from './answer-reader.ts';

export type ProbeLine = {
	/** Rejects with `ReadingError`; an aborted signal counts as a time-out. */
	ask(request: ProbeRequest, args: readonly string[], timeoutMs: number, signal?: AbortSignal): Promise<ProbeAnswer>;
	/** What was printed outside any answer; not sanitised. */
	strayText(): string;
	close(): void;
	readonly ended: Promise<void>;
};

type Question = {
	readonly request: string;
	readonly askedAt: number;
	readonly answer: Promise<ProbeAnswer>;
	settle(result: CompletedAnswer | ReadingError): void;
};

const exitGraceMs = 500;

/** `maxLength` bounds one answer, in UTF-16 units. */
export function createProbeLine(channel: CommandChannel, clock: Clock, maxLength: number): ProbeLine {
	const [reader, inTurn] = [createAnswerReader(maxLength), createLimiter(1)];
	let waiting: Question | null = null;
	/** The question that timed out and whose answer has not come yet. */
	let overdue: Question | null = null;
	let over = false;
	const {promise: ended, resolve: end} = Promise.withResolvers<void>();

	const finish = (): void => {
		over = true;
		waiting?.settle(endedError());
		end();
	};
	const close = (): void => {
		finish();
		channel.close();
	};
	closeWhenEnded(channel, clock, finish);
	channel.stream.on('data', (chunk: Buffer) => {
		for (const answer of reader.push(chunk)) {
			if (overdue?.request === answer.request) overdue = null;
			else if (waiting?.request === answer.request) {
				const question = waiting;
				waiting = null;
				question.settle(answer);
			} else close();
		}
	});

	const askNow = async (line: string, question: Question): Promise<ProbeAnswer> => {
		if (over) question.settle(endedError());
		else if (overdue) question.settle(overdueError(overdue, clock.now()));
		else {
			waiting = question;
			channel.stream.write(line);
		}
		try {
			return await question.answer;
		} catch (error) {
			if (waiting && !over) overdue = question;
			throw error;
		} finally {
			waiting = null;
		}
	};

	return {
		ask: (request, args, timeoutMs, signal) =>
			inTurn.run(() => askNow(formatRequest(request, args), createQuestion(request, clock, timeoutMs, signal))),
		strayText: () => reader.strayText(),
		close,
		ended,
	};
}

/** The exit status may follow the end of the output; closing at once would lose it. */
function closeWhenEnded(channel: CommandChannel, clock: Clock, onEnd: () => void): void {
	const finish = (): void => {
		onEnd();
		void Promise.race([channel.exit, pause(clock, exitGraceMs)]).then(() => channel.close());
	};
	channel.stream.on('error', finish).on('end', finish).on('close', finish);
}

/** Times out by itself, so that nobody has to remember to. */
function createQuestion(request: ProbeRequest, clock: Clock, timeoutMs: number, signal?: AbortSignal): Question {
	const {promise: answer, resolve, reject} = Promise.withResolvers<ProbeAnswer>();
	const settle = (result: CompletedAnswer | ReadingError): void => {
		cancel();
		signal?.removeEventListener('abort', giveUp);
		if (result instanceof ReadingError) reject(result);
		else if (result.truncated) reject(new ReadingError('malformed', `the answer to ${request} is too long`));
		else resolve(result.sections);
	};
	const giveUp = (): void =>
		settle(new ReadingError('timeout', `no answer to ${request} within ${Math.round(timeoutMs / 1000)} s`));
	const cancel = clock.schedule(timeoutMs, giveUp);
	signal?.addEventListener('abort', giveUp, {once: true});
	return {request, askedAt: clock.now(), answer, settle};
}

function endedError(): ReadingError {
	return new ReadingError('lost', 'the shell on the host has ended');
}

function overdueError({request, askedAt}: Question, now: number): ReadingError {
	const seconds = Math.round((now - askedAt) / 1000);
	return new ReadingError('timeout', `the host still owes the answer to ${request}, asked ${seconds} s ago`);
}

function formatRequest(request: ProbeRequest, args: readonly string[]): string {
	return `${[request, ...args.map(asField)].join('\t')}\n`;
}

/** The protocol's separators cannot be part of an argument. */
function asField(argument: string): string {
	if (/[\t\n]/.test(argument)) throw new RangeError('a probe argument cannot contain a tab or a newline');
	return argument;
}
