/** A mistake of the person at the keyboard: printed in one line with a hint, never with a stack. */
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly hint: string | undefined;

	constructor(message: string, hint?: string, options?: ErrorOptions) {
		super(message, options);
		this.hint = hint;
	}
}
