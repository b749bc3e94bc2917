/** Finds out who wrote a line that a program put into the kernel's log, where the log says that the kernel did not. */
import {takePattern, type LineDraft} from './line-draft.ts';

const systemd = /(systemd(?:-[\w-]{1,32})?)\[\d{1,10}\]: /y;

/**
 * Systemd writes there while there is no journal yet. Any other name may be a container's invention: such a line keeps
 * its facility and gets no name.
 */
export function identifyUserText(draft: LineDraft): void {
	const match = takePattern(draft, systemd);
	if (match) draft.identifier = match[1] ?? null;
}
