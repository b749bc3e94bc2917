/** What the program that `ssh` starts for its questions, and the Sickbay that started that `ssh`, agree on. */

/** Surroundings that lead the one to the other. */
export const askpassSocket = 'SICKBAY_ASKPASS_SOCKET';
export const askpassToken = 'SICKBAY_ASKPASS_TOKEN';

/** One line of JSON each way over the socket; then both ends close. */
export type AskpassRequest = {
	readonly token: string;
	/** The question in the words of `ssh`. */
	readonly prompt: string;
	/** `SSH_ASKPASS_PROMPT`: `confirm` for yes or no, `none` for a notice that stays while the program runs; else empty. */
	readonly hint: string;
	/** Process number of the `ssh`: the one of a jump host asks on its own. */
	readonly asker: number;
};

export type AskpassReply = {
	/** Null when nobody answers. */
	readonly answer: string | null;
};
