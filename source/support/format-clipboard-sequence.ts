/** OSC 52: the control sequence that asks the terminal to put text into the clipboard of the person's own machine. */

/** Terminals that follow xterm take sequences of up to 100,000 bytes: 8 of frame, the rest base64 of this many. */
export const clipboardLimitBytes = 74_994;

/**
 * Null when the text is longer than `clipboardLimitBytes`. Within tmux the sequence is given twice: plain for
 * `set-clipboard on`, and wrapped for `allow-passthrough on` (tmux(1)); one of the two is ignored.
 */
export function formatClipboardSequence(text: string, options: {readonly tmux: boolean}): string | null {
	const bytes = Buffer.from(text);
	if (bytes.length > clipboardLimitBytes) return null;
	const sequence = `\u001B]52;c;${bytes.toString('base64')}\u0007`;
	return options.tmux ? `${sequence}\u001BPtmux;\u001B${sequence}\u001B\\` : sequence;
}
