/**
 * The one place where questions to the person wait. Hosts with the same question share one entry, whose answer all of
 * them get; a one-time code is asked for each host, since it is good for one login only. Answers pass through, and
 * nothing of them is kept.
 */
import {
	nothingAsked,
	type AskSecret,
	type Attention,
	type AttentionDesk,
	type HandNeeded,
	type OpenQuestion,
	type SecretQuestion,
	type TellPerson,
} from '../model/attention.ts';

export type AskingDesk = AttentionDesk & {
	readonly ask: AskSecret;
	readonly tell: TellPerson;
	/** Hosts that come with the same question from now on get a question of their own. */
	closeToOthers(id: number): void;
};

type Waiting = {
	readonly name: string;
	readonly fingerprint: string | null;
	settle(answers: readonly string[] | null): void;
};

type Entry = {
	readonly id: number;
	/** What makes two questions the same; null for one that nobody may join. */
	topic: string | null;
	readonly question: SecretQuestion;
	readonly waiting: Set<Waiting>;
};

export function createAttentionDesk(): AskingDesk {
	const hands: HandNeeded[] = [];
	const listeners = new Set<() => void>();
	let state: Attention = nothingAsked;

	const changed = (): void => {
		state = {questions: questions.list(), hands: [...hands]};
		for (const listener of listeners) listener();
	};
	const questions = createQuestions(changed);

	return {
		ask: questions.ask,
		closeToOthers: questions.closeToOthers,
		answer: (id, answers) => questions.settle(id, answers),
		decline: (id) => questions.settle(id, null),
		tell(need) {
			hands.push(need);
			changed();
			return () => {
				remove(hands, need);
				changed();
			};
		},
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

type Questions = Pick<AskingDesk, 'ask' | 'closeToOthers'> & {
	settle(id: number, answers: readonly string[] | null): void;
	list(): readonly OpenQuestion[];
};

function createQuestions(changed: () => void): Questions {
	const entries: Entry[] = [];
	let lastId = 0;

	const join = (question: SecretQuestion): Entry => {
		const topic = topicOf(question);
		const open = topic === null ? undefined : entries.find((entry) => entry.topic === topic);
		if (open !== undefined) return open;
		const entry = {id: ++lastId, topic, question, waiting: new Set<Waiting>()};
		entries.push(entry);
		return entry;
	};

	return {
		async ask(question, signal) {
			if (signal.aborted) return null;
			const entry = join(question);
			return new Promise((resolve) => {
				const {hostNames, fingerprint} = question;
				const settle = (answers: readonly string[] | null): void => {
					signal.removeEventListener('abort', withdraw);
					resolve(answers);
				};
				const waiting: Waiting = {name: hostNames.join(', '), fingerprint, settle};
				const withdraw = (): void => {
					entry.waiting.delete(waiting);
					if (entry.waiting.size === 0) remove(entries, entry);
					settle(null);
					changed();
				};
				entry.waiting.add(waiting);
				signal.addEventListener('abort', withdraw, {once: true});
				changed();
			});
		},
		settle(id, answers) {
			const entry = entries.find((candidate) => candidate.id === id);
			if (entry === undefined) return;
			remove(entries, entry);
			for (const host of entry.waiting) host.settle(answers);
			changed();
		},
		closeToOthers(id) {
			const entry = entries.find((candidate) => candidate.id === id);
			if (entry !== undefined) entry.topic = null;
		},
		list: () => entries.map(mapEntry),
	};
}

function remove<Item>(list: Item[], item: Item): void {
	const index = list.indexOf(item);
	if (index >= 0) list.splice(index, 1);
}

function topicOf({kind, title, instruction, prompts}: SecretQuestion): string | null {
	return kind === 'code' ? null : JSON.stringify([kind, title, instruction, prompts]);
}

function mapEntry({id, question, waiting}: Entry): OpenQuestion {
	const {kind, title, instruction, prompts} = question;
	const hosts = [...waiting].map(({name, fingerprint}) => ({name, fingerprint}));
	return {id, kind, title, instruction, prompts, hosts};
}
