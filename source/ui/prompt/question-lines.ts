/** The dialog in which a host's question is answered: who asks, with which host key, and the prompt. */
import type {OpenQuestion} from '../../model/attention.ts';
import {displayWidth, truncateText, wrapText} from '../fit-text.ts';
import {blankLine, span, type Canvas, type Line} from '../line.ts';
import type {QuestionOverlay} from '../../commands/question-commands.ts';

const hostLines = 4;
const instructionLines = 2;

/** Exactly `rows` lines; what is typed is shown only where the host says that it may be. */
export function createQuestionLines(
	question: OpenQuestion | undefined,
	overlay: QuestionOverlay,
	rows: number,
	canvas: Canvas,
): readonly Line[] {
	if (question === undefined) {
		const gone = ' The question is gone: the host hung up, or got its answer. Enter or Esc closes.';
		return padded([rule('Question', canvas), [span(gone, 'dim')]], rows);
	}
	const {title, instruction, prompts, hosts} = question;
	const said = instruction === '' ? [] : wrapText(instruction, canvas.columns - 4, instructionLines);
	return padded(
		[
			rule(hosts.length === 1 ? title : `${title}, the same for ${hosts.length} hosts`, canvas),
			...createHosts(question, canvas),
			...said.map((line): Line => [span(`   ${line}`)]),
			blankLine,
			...createPrompt(prompts, overlay, canvas),
		],
		rows,
	);
}

function createHosts({kind, hosts}: OpenQuestion, canvas: Canvas): readonly Line[] {
	const cut = (text: string): Line => [span(truncateText(text, canvas.columns), 'dim')];
	if (kind === 'passphrase') {
		const names = hosts.map(({name}) => name).join(', ');
		return [cut(`   key ${hosts[0]?.fingerprint ?? 'not known'}`), cut(`   for ${names}`)];
	}
	const shown = hosts.slice(0, hosts.length > hostLines ? hostLines - 1 : hostLines);
	const rest = hosts.slice(shown.length).map(({name}) => name);
	return [
		...shown.map(({name, fingerprint}): Line => [
			span(`   ${name}`, 'strong'),
			span(truncateText(`  host key ${fingerprint ?? 'not known'}`, canvas.columns - 3 - displayWidth(name)), 'dim'),
		]),
		...(rest.length === 0 ? [] : [cut(`   and ${rest.length} more: ${rest.join(', ')}`)]),
	];
}

function createPrompt(
	prompts: OpenQuestion['prompts'],
	{given, typed}: QuestionOverlay,
	canvas: Canvas,
): readonly Line[] {
	const prompt = prompts[given.length];
	const count = prompts.length > 1 ? ` (${given.length + 1} of ${prompts.length})` : '';
	const label = ` ${(prompt?.text ?? '').replace(/[:\s]*$/, '')}${count}: `;
	const room = Math.max(8, canvas.columns - displayWidth(label) - 2);
	const visible = prompt?.echo === true ? typed.slice(-room) : '';
	const hidden = prompt?.echo === true ? '' : typed === '' ? '  hidden while you type' : '  typed, hidden';
	return [[span(label, 'accent'), span(visible), span('▏', 'accent'), span(hidden, 'dim')]];
}

function rule(title: string, {columns}: Canvas): Line {
	const text = truncateText(`── ${title} `, columns);
	return [span(text + '─'.repeat(Math.max(0, columns - displayWidth(text))), 'accent')];
}

function padded(lines: readonly Line[], rows: number): readonly Line[] {
	return [...lines.slice(0, rows), ...Array.from({length: Math.max(0, rows - lines.length)}, () => blankLine)];
}
