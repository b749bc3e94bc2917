/** The error of a climb: which rung broke, in words for a person, and whether trying again by itself makes sense. */
import type {ReasonCode, Rung} from './ladder.ts';
import type {OfferedHostKey} from './offered-host-key.ts';

/** `soon`: ordinary backoff; `slowly`: backoff for a host under strain; `never`: only a person can mend it. */
export type RetryPolicy = 'soon' | 'slowly' | 'never';

export type LadderErrorFacts = {
	readonly rung: Rung;
	readonly code: ReasonCode;
	/** One sanitised line, see `BrokenRung.summary`. */
	readonly summary: string;
	readonly detail?: readonly string[];
	readonly advice: string;
	readonly retry: RetryPolicy;
	/** See `BrokenRung.bastion`. */
	readonly bastion?: string;
	/** See `BrokenRung.bastionBroke`. */
	readonly bastionBroke?: boolean;
	readonly hostKey?: OfferedHostKey;
};

export class LadderError extends Error {
	override readonly name = 'LadderError';
	readonly rung: Rung;
	readonly code: ReasonCode;
	readonly detail: readonly string[];
	readonly advice: string;
	readonly retry: RetryPolicy;
	readonly bastion: string | null;
	readonly bastionBroke: boolean;
	readonly hostKey: OfferedHostKey | null;

	constructor(facts: LadderErrorFacts, options?: ErrorOptions) {
		super(facts.summary, options);
		this.rung = facts.rung;
		this.code = facts.code;
		this.detail = facts.detail ?? [];
		this.advice = facts.advice;
		this.retry = facts.retry;
		this.bastion = facts.bastion ?? null;
		this.bastionBroke = facts.bastionBroke === true;
		this.hostKey = facts.hostKey ?? null;
	}
}
