/** Answering what hosts ask. The dialog opens only by its key, and while it is open every key is text or meant for it. */
import type {OpenQuestion} from '../model/attention.ts';
import type {Overlay} from '../view-state/view-state.ts';
import type {Command, CommandContext} from './command.ts';
import {selectCurrentHostKey} from '../view-state/view-state.ts';

export const questionCommands: readonly Command[] = [
	{
		id: 'answer',
		title: 'Answer what hosts ask: passwords, one-time codes, passphrases',
		keys: ['a'],
		scope: 'everywhere',
		group: 'Hosts',
		disabledReason: ({attention}) => (attention.getState().questions.length === 0 ? 'no host asks anything' : null),
		run(context) {
			const question = selectQuestion(context);
			if (question !== undefined) openQuestion(question, context);
		},
	},
];

export type QuestionOverlay = Extract<Overlay, {kind: 'question'}>;

/** Longer than any password or token; a bound against a clipboard full of something else. */
const answerLimit = 4096;

export function routeQuestionKey(press: string, overlay: QuestionOverlay, context: CommandContext): void {
	const {attention, dispatch} = context;
	const {id, typed} = overlay;
	const question = attention.getState().questions.find((candidate) => candidate.id === id);
	if (press === 'Esc') dispatch({kind: 'overlay-closed'});
	else if (press === '^x') {
		attention.decline(id);
		openNext(id, context);
	} else if (press === 'Enter') {
		if (question === undefined) dispatch({kind: 'overlay-closed'});
		else acceptAnswer(question, overlay, context);
	} else {
		const text = editAnswer(typed, press);
		if (text !== null) dispatch({kind: 'overlay-opened', overlay: {...overlay, typed: text}});
	}
}

/** Kept as it is, spaces included, but for the line break at its end. */
export function pasteIntoAnswer(overlay: QuestionOverlay, pasted: string): QuestionOverlay {
	const [line = ''] = pasted.split(/[\r\n]/);
	return {...overlay, typed: (overlay.typed + line).slice(0, answerLimit)};
}

/** The one of the host the screen is about, else the oldest. */
function selectQuestion({view, liveFleet, attention}: CommandContext): OpenQuestion | undefined {
	const {questions} = attention.getState();
	const target = liveFleet.hosts.get(selectCurrentHostKey(view) ?? '')?.host.target;
	const name = target?.kind === 'ssh' ? target.destination : null;
	return questions.find(({hosts}) => hosts.some((host) => host.name === name)) ?? questions[0];
}

function openQuestion({id}: OpenQuestion, {dispatch}: CommandContext): void {
	dispatch({kind: 'overlay-opened', overlay: {kind: 'question', id, given: [], typed: ''}});
}

/** Whoever answers one question is ready for the others that are there already. */
function openNext(answered: number, context: CommandContext): void {
	const next = context.attention.getState().questions.find(({id}) => id !== answered);
	if (next === undefined) context.dispatch({kind: 'overlay-closed'});
	else openQuestion(next, context);
}

function acceptAnswer(question: OpenQuestion, overlay: QuestionOverlay, context: CommandContext): void {
	const given = [...overlay.given, overlay.typed];
	if (given.length < question.prompts.length) {
		context.dispatch({kind: 'overlay-opened', overlay: {...overlay, given, typed: ''}});
		return;
	}
	// Nobody's password is empty, but a one-time code may be: some send a push message then.
	if (question.kind !== 'code' && given[0] === '') context.attention.decline(question.id);
	else context.attention.answer(question.id, given);
	openNext(question.id, context);
}

function editAnswer(typed: string, press: string): string | null {
	if (press === 'Space') return `${typed} `.slice(0, answerLimit);
	if (press === 'Backspace') return [...typed].slice(0, -1).join('');
	if (press === '^u') return '';
	return [...press].length === 1 ? (typed + press).slice(0, answerLimit) : null;
}
