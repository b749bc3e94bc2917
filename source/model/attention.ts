/** What only a person can give: answers that must stay secret, and a hand on a security key. */

export type SecretQuestion = {
	/** `passphrase`: of a key file; `password`: of an account; `code`: whatever else a host wants to hear, once. */
	readonly kind: 'passphrase' | 'password' | 'code';
	/** Hosts that wait for the answer, as they were asked for. */
	readonly hostNames: readonly string[];
	/** What is asked for, e.g. `Password for root`. Sanitised, like all texts of a question. */
	readonly title: string;
	/** Further words of the host; empty for none. */
	readonly instruction: string;
	/** In the order in which the answers are expected; only answers with `echo` may be shown while they are typed. */
	readonly prompts: readonly {readonly text: string; readonly echo: boolean}[];
	/** `SHA256:…` of the host key the host proved, or of the locked key; null where it is not known. */
	readonly fingerprint: string | null;
};

/** Resolves with one answer per prompt, or null when nobody answers; the signal withdraws the question (null, too). */
export type AskSecret = (question: SecretQuestion, signal: AbortSignal) => Promise<readonly string[] | null>;

/** A signature that an agent does not give by itself. */
export type HandNeeded = {
	/** `touch`: a security key waits to be touched; `approve`: an agent takes its time, probably to ask for approval. */
	readonly kind: 'touch' | 'approve';
	readonly hostName: string;
};

/** Shows that a person's hand is needed; the function it returns takes that back. */
export type TellPerson = (need: HandNeeded) => () => void;

/** One question to show, and every host it is asked for. */
export type OpenQuestion = Omit<SecretQuestion, 'hostNames' | 'fingerprint'> & {
	readonly id: number;
	readonly hosts: readonly {readonly name: string; readonly fingerprint: string | null}[];
};

export type Attention = {
	/** Oldest first. */
	readonly questions: readonly OpenQuestion[];
	readonly hands: readonly HandNeeded[];
};

export const nothingAsked: Attention = {questions: [], hands: []};

/** Where questions wait for the person. */
export type AttentionDesk = {
	getState(): Attention;
	/** Returns a function that unsubscribes. */
	subscribe(listener: () => void): () => void;
	/** Gives the answers to every host that waits for them; does nothing when the question is gone. */
	answer(id: number, answers: readonly string[]): void;
	decline(id: number): void;
};
