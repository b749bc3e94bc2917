/** Puts the open questions to the person on the terminal, one after another, for commands that draw no screen. */
import type {OpenQuestion} from '../model/attention.ts';
import {UserError} from '../model/user-error.ts';
import {pause, type Clock} from '../support/clock.ts';
import {formatPlural} from '../support/format.ts';
import {askSecret} from './ask-secret.ts';
import type {AskingDesk} from './attention-desk.ts';

/** Hosts that ask the same within this time are asked for together. */
const gatherMs = 700;
const namedHosts = 8;

/** True when there is a person at both ends: input comes from a terminal, and questions can be seen. */
export function hasTerminal(): boolean {
	return process.stdin.isTTY && process.stderr.isTTY;
}

/** Returns a function that ends it; questions still open stay unanswered. */
export function answerOnTerminal(desk: AskingDesk, clock: Clock): () => void {
	const stop = new AbortController();
	const shown = new Set<unknown>();
	let busy = false;

	const work = async (): Promise<void> => {
		busy = true;
		await pause(clock, gatherMs, stop.signal);
		while (!stop.signal.aborted) {
			const [question] = desk.getState().questions;
			if (question === undefined) break;
			await answerOne(question, desk, stop.signal);
		}
		busy = false;
	};
	const look = (): void => {
		for (const hand of desk.getState().hands) {
			if (shown.has(hand)) continue;
			shown.add(hand);
			const verb = hand.kind === 'touch' ? 'Touch your key' : 'Your agent waits: approve the login';
			process.stderr.write(`${verb} for ${hand.hostName}\n`);
		}
		if (!busy && desk.getState().questions.length > 0) void work();
	};

	const unsubscribe = desk.subscribe(look);
	look();
	return () => {
		unsubscribe();
		stop.abort();
	};
}

async function answerOne({id}: OpenQuestion, desk: AskingDesk, stopped: AbortSignal): Promise<void> {
	desk.closeToOthers(id);
	const question = desk.getState().questions.find((candidate) => candidate.id === id);
	if (question === undefined) return;
	const gone = new AbortController();
	const unsubscribe = desk.subscribe(() => {
		if (!desk.getState().questions.some((candidate) => candidate.id === id)) gone.abort();
	});
	const signal = AbortSignal.any([gone.signal, stopped]);
	try {
		process.stderr.write(formatQuestion(question));
		const answers: string[] = [];
		for (const {text, echo} of question.prompts) {
			const answer = await askSecret(`${text.replace(/[:\s]*$/, '')}: `, {echo, signal});
			if (answer === null) break;
			answers.push(answer);
		}
		if (gone.signal.aborted) process.stderr.write('The host took its question back.\n');
		const isGiven = answers.length === question.prompts.length && (question.kind === 'code' || answers[0] !== '');
		if (isGiven) desk.answer(id, answers);
		else desk.decline(id);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		desk.decline(id);
		// The terminal was in raw mode, where Ctrl+C is a key: it must end the program all the same.
		process.kill(process.pid, 'SIGINT');
	} finally {
		unsubscribe();
	}
}

function formatQuestion({kind, title, instruction, hosts}: OpenQuestion): string {
	const names = hosts.slice(0, namedHosts).map(({name}) => name);
	const more = hosts.length > namedHosts ? ` and ${hosts.length - namedHosts} more` : '';
	const [first] = hosts;
	const key = first?.fingerprint ?? null;
	const keyLine =
		key === null
			? []
			: kind === 'passphrase'
				? [`  key ${key}`]
				: hosts.slice(0, namedHosts).map(({name, fingerprint}) => `  ${name} has host key ${fingerprint ?? 'unknown'}`);
	const without = kind === 'code' ? 'Ctrl+D' : 'Enter alone or Ctrl+D';
	return [
		`${title}, for ${formatPlural(hosts.length, 'host')}: ${names.join(', ')}${more} (${without} goes without)`,
		...keyLine,
		...(instruction === '' ? [] : [`  ${instruction}`]),
		'',
	].join('\n');
}
