/** Why one request to an engine failed, before anyone decides what that says about the host. */

export type EngineFaultKind =
	/** No answer in time. */
	| 'timeout'
	/** Something is there and does not take connections. */
	| 'refused'
	| 'missing'
	| 'forbidden'
	/** The connection broke while waiting. */
	| 'lost'
	/** An answer other than success; see `statusCode`. */
	| 'http'
	| 'malformed'
	| 'aborted';

export class EngineFault extends Error {
	override readonly name = 'EngineFault';
	readonly kind: EngineFaultKind;
	readonly statusCode: number | null;

	/** `message` is sanitised. */
	constructor(kind: EngineFaultKind, message: string, options?: ErrorOptions & {readonly statusCode?: number}) {
		super(message, options);
		this.kind = kind;
		this.statusCode = options?.statusCode ?? null;
	}
}
