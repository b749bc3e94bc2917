/** Quotes what a person wrote, for an error message: whatever it holds, the message stays one harmless line. */
import {sanitiseLine} from './sanitise.ts';

/** `"web-01"`: sanitised, cut to `maxLength`, in double quotes with JSON's escapes. */
export function quoteWord(text: string, maxLength = 80): string {
	return JSON.stringify(sanitiseLine(text, maxLength));
}
