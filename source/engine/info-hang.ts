/**
 * Remembers that the engine's description is late: its answer and the list's come in any order, and a list alone does
 * not make the engine whole again.
 */
import type {LadderError} from '../model/ladder-error.ts';
import {infoHung} from './describe-engine-trouble.ts';

export type InfoHang = {
	onInfoLate(): void;
	onInfoAnswer(): void;
	/** Tells a rung of ping or list, and after it what is still wrong. */
	onRung(rung: 'ping' | 'list'): void;
};

export function createInfoHang(options: {
	readonly onRung: (rung: 'ping' | 'list' | 'info') => void;
	readonly onBroken: (error: LadderError) => void;
	/** While ping or list hang, they are the reason. */
	readonly isHung: () => boolean;
}): InfoHang {
	let isLate = false;
	return {
		onInfoLate() {
			isLate = true;
			if (!options.isHung()) options.onBroken(infoHung());
		},
		onInfoAnswer() {
			isLate = false;
			options.onRung('info');
		},
		onRung(rung) {
			options.onRung(rung);
			if (rung === 'list' && isLate) options.onBroken(infoHung());
		},
	};
}
