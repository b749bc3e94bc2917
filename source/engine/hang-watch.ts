/** Decides from late and arriving answers whether the engine hangs, and where: at the ping or only at the list. */
import type {LadderError} from '../model/ladder-error.ts';
import {listHung, pingHung} from './describe-engine-trouble.ts';

export type HangWatchOptions = {
	readonly onRung: (reached: 'ping' | 'list') => void;
	readonly onBroken: (error: LadderError) => void;
	/** A late list is judged by a ping. */
	readonly checkPing: () => void;
	/** The engine answers pings again: everything is read anew. */
	readonly onReturn: () => void;
};

export type HangWatch = {
	pingLate(): void;
	pingAnswered(): void;
	listLate(): void;
	listAnswered(): void;
	isHung(): boolean;
};

export function createHangWatch({onRung, onBroken, checkPing, onReturn}: HangWatchOptions): HangWatch {
	let isPingLate = false;
	let isListLate = false;
	/** What was last said: nothing is said twice. */
	let said: 'nothing' | 'list' | 'ping-hung' | 'list-hung' = 'nothing';

	const sayListHung = (): void => {
		if (said !== 'list-hung') onBroken(listHung());
		said = 'list-hung';
	};

	return {
		pingLate() {
			isPingLate = true;
			if (said !== 'ping-hung') onBroken(pingHung());
			said = 'ping-hung';
		},
		pingAnswered() {
			const isBack = isPingLate;
			isPingLate = false;
			if (isBack) onRung('ping');
			if (isListLate) sayListHung();
			else if (isBack) onReturn();
		},
		listLate() {
			isListLate = true;
			if (!isPingLate) checkPing();
		},
		listAnswered() {
			isListLate = false;
			if (isPingLate) return;
			if (said !== 'list') onRung('list');
			said = 'list';
		},
		isHung: () => isPingLate || isListLate,
	};
}
