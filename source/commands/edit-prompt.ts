/** Typing into a prompt: printable characters are added, Backspace, ^w and ^u take away. */
import {sanitiseLine} from '../support/sanitise.ts';

const maxPromptLength = 200;

/** The prompt's text after a key press; null when the key is none of the prompt's. */
export function editPrompt(text: string, press: string): string | null {
	if (press === 'Space') return bounded(`${text} `);
	if (press === 'Backspace') return [...text].slice(0, -1).join('');
	if (press === '^w') return text.replace(/\S*\s*$/, '');
	if (press === '^u') return '';
	return [...press].length === 1 ? bounded(text + press) : null;
}

/** The prompt's text after a paste: one sanitised line, however many were pasted. */
export function pasteIntoPrompt(text: string, pasted: string): string {
	return bounded(text + sanitiseLine(pasted, maxPromptLength).replaceAll('\uFFFD', '').trim());
}

function bounded(text: string): string {
	return text.slice(0, maxPromptLength);
}
