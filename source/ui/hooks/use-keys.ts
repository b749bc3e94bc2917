/** The one listener for keys and pastes: hands each press to the command table with the state as it is then. */
import {useInput, usePaste} from 'ink';
import type {CommandContext} from '../../commands/command.ts';
import {isLikelyPaste, parseKeyPresses} from '../../commands/parse-key-presses.ts';
import {routeKey, routePaste} from '../../commands/route-key.ts';

export function useKeys(createContext: () => CommandContext): void {
	useInput((input, key) => {
		if (isLikelyPaste(input)) {
			routePaste(input, createContext());
			return;
		}
		for (const press of parseKeyPresses(input, key)) routeKey(press, createContext);
	});
	usePaste((text) => routePaste(text, createContext()));
}
