/** The words at the bottom of the screen that say what waits for the person, and which key leads there. */
import type {Attention, OpenQuestion} from '../../model/attention.ts';
import {formatPlural} from '../../support/format.ts';
import {span, type Line} from '../line.ts';

/** Empty when nothing waits. A touch comes first: nothing but the hand helps there, and it is needed now. */
export function createAttentionWords({questions, hands}: Attention): Line {
	const [hand] = hands;
	const words = [
		...(hand === undefined
			? []
			: [
					hand.kind === 'touch'
						? `touch your key for ${hand.hostName}`
						: `your agent waits: approve the login to ${hand.hostName}`,
				]),
		...(questions.length === 0 ? [] : [`${formatAskers(questions)}: press a`]),
	];
	return words.length === 0 ? [] : [span(` ${words.join(' · ')} `, 'warning')];
}

/** `3 hosts ask for a password` */
function formatAskers(questions: readonly OpenQuestion[]): string {
	const hosts = [...new Set(questions.flatMap((question) => question.hosts.map(({name}) => name)))];
	const kinds = new Set(questions.map(({kind}) => kind));
	const [kind] = kinds;
	const what = kinds.size > 1 || kind === undefined ? 'passwords or codes' : kindWords[kind];
	const [only] = hosts;
	return hosts.length === 1 && only !== undefined
		? `${only} asks for ${what}`
		: `${formatPlural(hosts.length, 'host')} ask for ${what}`;
}

const kindWords: Readonly<Record<OpenQuestion['kind'], string>> = {
	passphrase: 'the passphrase of a key',
	password: 'a password',
	code: 'a code',
};
